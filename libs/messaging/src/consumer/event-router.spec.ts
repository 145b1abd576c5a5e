import { describe, expect, it } from '@jest/globals';
import type { ReceivedEvent } from '../event.js';
import { EventRouter } from './event-router.js';

const ASSIGNED = 'vn.ioc.tasks.task.assigned.v1';
const PROGRESSED = 'vn.ioc.tasks.task.progressed.v1';

function event(type: string): ReceivedEvent {
  return { type } as ReceivedEvent;
}

describe('the way of an event to its handler', () => {
  it.each([
    [ASSIGNED, ASSIGNED, true],
    ['vn.ioc.tasks.task.*.v1', ASSIGNED, true],
    ['vn.ioc.tasks.task.*.v1', 'vn.ioc.tasks.task.assigned.v2', false],
    ['vn.ioc.tasks.*.v1', ASSIGNED, false],
    ['vn.ioc.tasks.>', ASSIGNED, true],
    ['vn.ioc.budget.>', ASSIGNED, false],
    ['vn.ioc.*.*.*.v1', 'vn.ioc.staffing.unit.head-count-reported.v1', true],
    ['vn.ioc.tasks', ASSIGNED, false],
    // A dot of a pattern is a dot, not "any character".
    ['vn.ioc.tasks.task.assigned.v1', 'vn.ioc.tasks.task-assigned.v1', false],
  ])('%s and %s: %s', (pattern, type, matches) => {
    const router = new EventRouter();
    router.add(pattern, () => Promise.resolve());
    expect(router.find(type) !== null).toBe(matches);
  });

  it.each([
    ['vn.ioc.tasks.task.*.v1', 'vn.ioc.tasks.task.assigned.v2', true],
    ['vn.ioc.tasks.task.*.v1', 'vn.ioc.tasks.directive.registered.v1', false],
    ['vn.ioc.tasks.>', 'vn.ioc.tasks.directive.registered.v1', true],
    ['vn.ioc.>', 'vn.ioc.tasks.directive.registered.v1', true],
    ['vn.ioc.*.*.*.v1', 'vn.ioc.tasks.directive.registered.v2', true],
    ['vn.ioc.budget.item.*.v1', 'vn.ioc.budget.items.changed.v1', false],
  ])('%s concerns the aggregate of %s: %s', (pattern, type, concerns) => {
    const router = new EventRouter();
    router.add(pattern, () => Promise.resolve());
    expect(router.concerns(type)).toBe(concerns);
  });

  it('is the first pattern that fits, also for a type that was asked for before', () => {
    const router = new EventRouter();
    expect(router.find(ASSIGNED)).toBeNull();
    const first = (): Promise<void> => Promise.resolve();
    router.add('vn.ioc.tasks.task.*.v1', first);
    router.add('vn.ioc.>', () => Promise.resolve());
    expect(router.find(ASSIGNED)).toBe(first);
  });

  it('keeps the order, in as few calls as the order allows', async () => {
    const router = new EventRouter();
    const calls: string[] = [];
    const note = (name: string) => async (events: readonly ReceivedEvent[]) => {
      calls.push(`${name} begins`);
      await Promise.resolve();
      calls.push(`${name} had ${events.length}`);
    };
    router.add(ASSIGNED, note('one'));
    router.add(PROGRESSED, note('other'));
    await router.dispatch([ASSIGNED, ASSIGNED, PROGRESSED, ASSIGNED].map(event));
    expect(calls).toEqual([
      'one begins',
      'one had 2',
      'other begins',
      'other had 1',
      'one begins',
      'one had 1',
    ]);
  });
});
