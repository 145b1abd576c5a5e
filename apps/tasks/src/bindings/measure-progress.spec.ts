import { describe, expect, it } from '@jest/globals';
import type { MeasureKind } from '#libs/contracts';
import type { Measure, MeasureFacts } from './measure.entity.js';
import { progressOf, writtenValue } from './measure-progress.js';

function measure<Kind extends MeasureKind>(kind: Kind, facts: MeasureFacts[Kind]): Measure {
  return { kind, subject: 'x', sequence: 1, name: 'CSDL', facts, at: new Date(0) };
}
const database = (lifecycle: MeasureFacts['database']['lifecycle']) => measure('database', { lifecycle });

describe('progress taken from data', () => {
  it.each([
    ['planned', 0],
    ['under-construction', 33],
    ['trial', 66],
    ['in-operation', 100],
    ['upgrading', 100],
    ['merging', 100],
    ['replaced', null],
    ['retired', null],
    ['not-determined', null],
  ] as const)('a database that is %s is at %s towards operation', (lifecycle, percent) => {
    expect(progressOf(database(lifecycle), { target: 'in-operation' })).toBe(percent);
  });

  it('is reached by what lies behind the target, too', () => {
    expect(progressOf(database('in-operation'), { target: 'trial' })).toBe(100);
  });

  it('of a project and of an activity goes by the stages of each', () => {
    const item = (facts: Partial<MeasureFacts['budget-item']>) =>
      measure('budget-item', { kind: 'project', stage: 'contract', status: 'active', ...facts });
    expect(progressOf(item({}), { target: 'contract' })).toBe(100);
    expect(progressOf(item({}), { target: 'acceptance' })).toBe(61);
    expect(progressOf(item({ kind: 'activity' }), { target: 'acceptance' })).toBe(66);
    expect(progressOf(item({ kind: 'activity' }), { target: 'policy-decision' })).toBeNull();
    expect(progressOf(item({ stage: null }), { target: 'contract' })).toBeNull();
    expect(progressOf(item({ status: 'completed' }), { target: 'settlement' })).toBe(100);
    expect(progressOf(item({ status: 'cancelled' }), { target: 'contract' })).toBeNull();
    expect(progressOf(item({ stage: 'settlement' }), { target: 'completed' })).toBe(94);
  });

  it('of a report period counts the answers, or asks for the one of an agency', () => {
    const period = measure('report-period', { asked: ['STC', 'SNV', 'SXD'], answered: ['STC'] });
    expect(progressOf(period, { target: null })).toBe(33);
    expect(progressOf(period, { target: 'STC' })).toBe(100);
    expect(progressOf(period, { target: 'SNV' })).toBe(0);
    expect(progressOf(period, { target: 'SYT' })).toBeNull();
    expect(writtenValue(period)).toBe('1/3 cơ quan đã báo cáo');
  });

  it.each([
    ['planned', null, null, 'đã có kế hoạch'],
    ['planned', 0, 0, 'đã có kế hoạch'],
    ['under-way', 40, 40, 'đang triển khai (40%)'],
    ['under-way', null, null, 'đang triển khai'],
    ['finished', 100, 100, 'đã hoàn thành'],
    ['cancelled', 40, null, 'đã hủy'],
  ] as const)(
    'of a training plan that is %s, with sessions at %s, is %s',
    (state, sessions, percent, words) => {
      const plan = measure('training-plan', { state, percent: sessions });
      expect([progressOf(plan, { target: 'finished' }), writtenValue(plan)]).toEqual([percent, words]);
    },
  );
});
