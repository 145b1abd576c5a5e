import { describe, expect, it } from '@jest/globals';
import { deniedAttempt } from './denied-line.js';

const KEY = 'UD7H7RNLZCF2623IND2OBLFCR4LDSLT7EKYU3QRS5G5OZGAADVARQBIZ';
const ACCOUNT = 'AAO5CNR734OOCRCJRLJKJONNVBZDZBWLLZAJOOA3KRJ4BRYBZUQYB2FZ';
const CLIENT = '[25610] 2026/11/22 11:36:14.905320 [ERR] 127.0.0.1:41634 - cid:16 - "v3.4.0:nats.js"';

describe('deniedAttempt', () => {
  it.each([
    ['2.9', `${CLIENT} - Publish Violation - Nkey "${KEY}", Subject "ioc.tasks.task.5"`],
    [
      '2.15',
      `${CLIENT} - "${ACCOUNT}/AGENCIES/nkey:${KEY}" - Publish Violation - Subject "ioc.tasks.task.5"`,
    ],
  ])('reads a publish violation of nats-server %s', (_version, line) => {
    expect(deniedAttempt(line)).toEqual({ user: KEY, kind: 'publish', subject: 'ioc.tasks.task.5' });
  });

  it.each([
    [`${CLIENT} - Subscription Violation - Nkey "${KEY}", Subject "ioc.>", Queue: "q", SID 7`, 'ioc.>'],
    [`${CLIENT} - "x/nkey:${KEY}" - Subscription Violation - Subject "_INBOX.>", SID 6`, '_INBOX.>'],
    [`${CLIENT} - Subscription Violation - Nkey "${KEY}", Subject "a\\"b", SID 6`, 'a"b'],
    [`${CLIENT} - Subscription Violation - Nkey "${KEY}", Subject "a\\x00b", SID 6`, 'a\\x00b'],
  ])('reads the subject of %s', (line, subject) => {
    expect(deniedAttempt(line)).toEqual({ user: KEY, kind: 'subscribe', subject });
  });

  it('reads a violation without a user', () => {
    const line = `${CLIENT} - Publish Violation - User "a", Subject "x"`;
    expect(deniedAttempt(line)).toEqual({ user: null, kind: 'publish', subject: 'x' });
  });

  it.each([
    '[1] 2026/11/22 11:36:15.317327 [ERR] 127.0.0.1:1 - cid:18 - "v3.4.0:nats.js" - authentication error',
    '[1] 2026/11/22 11:36:14.071042 [INF] Server is ready',
    'Publish Violation - said by a client in its name',
    '',
  ])('leaves alone: %s', (line) => {
    expect(deniedAttempt(line)).toBeNull();
  });
});
