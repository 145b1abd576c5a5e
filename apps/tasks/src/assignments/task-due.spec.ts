import { describe, expect, it } from '@jest/globals';
import { ProblemError } from '#libs/contracts';
import { resolveDue, type StatedDue } from './task-due.js';

const resolve = (stated: StatedDue | undefined) => resolveDue(stated, '2026-04-20');

describe('resolveDue', () => {
  it('has no date when none is stated', () => {
    expect(resolve(undefined)).toEqual({
      date: null,
      lastDay: null,
      phrase: null,
      extendable: true,
      recurrence: null,
    });
  });

  it('reads a phrase', () => {
    expect(resolve({ phrase: 'trước ngày 15/5/2026', extendable: false })).toEqual({
      date: '2026-05-15',
      lastDay: '2026-05-14',
      phrase: 'trước ngày 15/5/2026',
      extendable: false,
      recurrence: null,
    });
    expect(resolve({ phrase: '02 tuần/lần' })).toMatchObject({
      date: null,
      recurrence: { unit: 'week', interval: 2 },
    });
  });

  it('reads a phrase without a year from the day of the directive', () => {
    expect(resolve({ phrase: 'trong tháng 4' })).toMatchObject({ lastDay: '2026-04-30' });
  });

  it('takes a date as its own last day', () => {
    expect(resolve({ date: '2026-05-15' })).toMatchObject({ date: '2026-05-15', lastDay: '2026-05-15' });
  });

  it('takes date and last day as stated', () => {
    expect(resolve({ date: '2026-05-15', lastDay: '2026-05-14', phrase: 'theo chỉ đạo' })).toMatchObject({
      date: '2026-05-15',
      lastDay: '2026-05-14',
      phrase: 'theo chỉ đạo',
    });
  });

  it.each([
    [
      'a date that the phrase contradicts',
      { phrase: 'trước ngày 15/5/2026', date: '2026-05-16' },
      'due.date',
    ],
    [
      'a last day that the phrase contradicts',
      { phrase: 'trước ngày 15/5/2026', lastDay: '2026-05-15' },
      'due.lastDay',
    ],
    ['a last day after the date', { date: '2026-05-15', lastDay: '2026-05-16' }, 'due.lastDay'],
    ['a last day without a date', { lastDay: '2026-05-16' }, 'due.lastDay'],
    ['a day that does not exist', { phrase: 'trước ngày 31/4/2026' }, 'due.phrase'],
  ])('refuses %s', (_case, stated, field) => {
    let refusal: unknown;
    try {
      resolve(stated);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(ProblemError);
    expect(refusal).toMatchObject({ code: 'validation-failed', extensions: { errors: [{ field }] } });
  });
});
