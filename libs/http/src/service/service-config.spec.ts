import { describe, expect, it } from '@jest/globals';
import { readServiceConfig } from './service-config.js';

const complete = {
  DATABASE_URL: 'postgres://tasks:secret@127.0.0.1:5432/tasks',
  NATS_URL: 'nats://127.0.0.1:4222',
};

describe('the environment of a service', () => {
  it('needs only the addresses of database and bus', () => {
    expect(readServiceConfig(complete)).toEqual({
      databaseUrl: complete.DATABASE_URL,
      natsUrl: complete.NATS_URL,
      natsCredentials: undefined,
      referenceDirectory: undefined,
      streamReplicas: 1,
    });
  });

  it('takes an empty variable for one that is not set', () => {
    const config = readServiceConfig({
      ...complete,
      NATS_CREDENTIALS: '',
      REFERENCE_DIR: ' ',
      STREAM_REPLICAS: '',
    });
    expect([config.natsCredentials, config.referenceDirectory, config.streamReplicas]).toEqual([
      undefined,
      undefined,
      1,
    ]);
  });

  it.each(['DATABASE_URL', 'NATS_URL'])('says that %s is missing', (name) => {
    expect(() => readServiceConfig({ ...complete, [name]: '' })).toThrow(`${name} is not set.`);
  });

  it('does not repeat a wrong database address, which may hold a password', () => {
    expect(() => readServiceConfig({ ...complete, DATABASE_URL: 'mysql://tasks:secret@host/tasks' })).toThrow(
      'DATABASE_URL must begin with postgres:// and name role, host and database.',
    );
  });

  it.each(['1', '3', '5'])('takes %s copies of each stream', (text) => {
    expect(readServiceConfig({ ...complete, STREAM_REPLICAS: text }).streamReplicas).toBe(Number(text));
  });

  it.each(['0', '6', '1.5', 'three', '-1'])('refuses %s copies of each stream', (text) => {
    expect(() => readServiceConfig({ ...complete, STREAM_REPLICAS: text })).toThrow(
      `STREAM_REPLICAS is "${text}"; set it to a whole number from 1 to 5.`,
    );
  });
});
