import { expect, it } from '@jest/globals';
import { Turns } from './turns.js';

it('works of one name run one after the other, also after a failure; those of other names do not wait', async () => {
  const turns = new Turns();
  const order: string[] = [];
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const first = turns.take('a', async () => {
    order.push('first begins');
    await promise;
    order.push('first fails');
    throw new Error('first');
  });
  const second = turns.take('a', () => {
    order.push('second');
    return Promise.resolve(2);
  });
  const third = turns.take('a', () => {
    order.push('third');
    return Promise.resolve(3);
  });
  expect(await turns.take('b', () => Promise.resolve('b'))).toBe('b');
  expect(order).toEqual(['first begins']);
  resolve(undefined);
  await expect(first).rejects.toThrow('first');
  expect(await Promise.all([second, third])).toEqual([2, 3]);
  expect(order).toEqual(['first begins', 'first fails', 'second', 'third']);
});
