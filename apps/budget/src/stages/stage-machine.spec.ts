import { describe, expect, it } from '@jest/globals';
import { WorkingCalendar } from '#libs/calendar';
import { ACTIVITY_STAGES, PROJECT_STAGES } from '#libs/contracts';
import { limitOf, moveBetween, phaseOf } from './stage-machine.js';
import { lastDayOf, timelinessOf } from './stage-times.js';

describe('moves between stages', () => {
  it('go to the next one without a word', () => {
    for (const [kind, stages] of [
      ['project', PROJECT_STAGES],
      ['activity', ACTIVITY_STAGES],
    ] as const) {
      for (const [index, to] of stages.slice(1).entries()) {
        expect(moveBetween(kind, stages[index]!, to)).toEqual({ way: 'forward', passedOver: [] });
      }
    }
  });

  it('name what they pass over', () => {
    expect(moveBetween('project', 'policy-decision', 'detailed-design')).toEqual({
      way: 'forward',
      passedOver: ['project-preparation', 'project-appraisal', 'project-decision'],
    });
  });

  it('begin anywhere, since the item was under way before it was entered', () => {
    expect(moveBetween('project', null, 'delivery')).toEqual({ way: 'forward', passedOver: [] });
  });

  it('go back only where what is not accepted is made again', () => {
    expect(moveBetween('project', 'project-appraisal', 'project-preparation')).toEqual({ way: 'back' });
    expect(moveBetween('activity', 'estimate-approval', 'estimate-preparation')).toEqual({ way: 'back' });
    expect(moveBetween('project', 'project-appraisal', 'policy-decision')).toMatchObject({ way: 'none' });
    expect(moveBetween('project', 'settlement', 'warranty')).toEqual({ way: 'none', allowed: [] });
  });

  it('know the stages of their own kind only', () => {
    expect(moveBetween('activity', 'contract', 'trial-run')).toEqual({
      way: 'none',
      allowed: ['delivery', 'acceptance', 'settlement'],
    });
    expect(moveBetween('activity', null, 'policy-decision')).toMatchObject({ way: 'none' });
  });

  it('stay nowhere', () => {
    expect(moveBetween('project', 'contract', 'contract')).toMatchObject({ way: 'none' });
  });
});

describe('phases', () => {
  it.each([
    ['project', 'policy-preparation', 'preparation'],
    ['project', 'project-decision', 'preparation'],
    ['project', 'detailed-design', 'execution'],
    ['project', 'warranty', 'closing'],
    ['activity', 'estimate-approval', 'preparation'],
    ['activity', 'contractor-selection', 'execution'],
    ['activity', 'settlement', 'closing'],
  ] as const)('%s %s: %s', (kind, stage, phase) => {
    expect(phaseOf(kind, stage)).toBe(phase);
  });
});

describe('time limits of Decree 224/2026', () => {
  it.each([
    ['project', 'policy-appraisal', 'A', 30],
    ['project', 'project-appraisal', 'A', 30],
    ['project', 'project-appraisal', 'B', 20],
    ['project', 'project-appraisal', 'C', 20],
    ['project', 'project-appraisal', null, 30],
    ['project', 'project-decision', 'A', null],
    ['activity', 'estimate-appraisal', null, 20],
    ['activity', 'estimate-approval', null, 3],
    ['activity', 'delivery', null, null],
  ] as const)('%s %s of group %s: %s working days', (kind, stage, group, days) => {
    expect(limitOf(kind, stage, '224/2026', group)).toBe(days);
  });

  it.each(['73/2019', '82/2024', '45/2026', null] as const)('are not those of %s', (regime) => {
    expect(limitOf('project', 'project-appraisal', regime, 'A')).toBeNull();
  });

  it('count working days from the day after, over holidays', () => {
    const calendar = new WorkingCalendar([{ date: '2026-04-27', kind: 'off' }]);
    const item = { kind: 'activity', legalRegime: '224/2026', projectGroup: null } as const;
    // Thursday; Friday is the first day, Monday is off.
    expect(lastDayOf(item, 'estimate-approval', '2026-04-23', calendar)).toBe('2026-04-29');
  });

  it.each([
    [null, null, 'no-limit'],
    ['2026-04-20', null, 'in-time'],
    ['2026-04-19', null, 'overdue'],
    ['2026-04-19', '2026-04-19', 'left-in-time'],
    ['2026-04-19', '2026-04-20', 'left-late'],
  ])('with the last day %s, left on %s: %s', (lastDay, leftOn, timeliness) => {
    expect(timelinessOf(lastDay, leftOn, '2026-04-20')).toBe(timeliness);
  });
});
