import { describe, expect, it } from '@jest/globals';
import { loadReferenceData } from '#libs/reference';
import { isOwnWork, mayAssign, mayReport, visibleAgencies } from './tasks-access.js';

const reference = loadReferenceData();

describe('access to tasks', () => {
  it.each(['UBND', 'VPUBND', 'SKHCN', null])(
    '%s follows all tasks and assigns on the Committee’s behalf',
    (agency) => {
      expect(visibleAgencies({ agency }, reference)).toBeNull();
      expect(mayAssign({ agency }, 'UBND')).toBe(true);
    },
  );

  it('shows other agencies their own tasks and those of the groups they belong to', () => {
    expect(visibleAgencies({ agency: 'STC' }, reference)).toEqual(['STC', 'CSBN', 'CCQDV']);
    expect(visibleAgencies({ agency: '22333' }, reference)).toEqual(['22333', 'CDP', 'UBNDCX']);
    expect(visibleAgencies({ agency: 'UNKNOWN' }, reference)).toEqual(['UNKNOWN']);
  });

  it('lets an agency assign by its own directives only', () => {
    expect(mayAssign({ agency: 'SNV' }, 'SNV')).toBe(true);
    expect(mayAssign({ agency: 'SNV' }, 'UBND')).toBe(false);
  });

  it('lets the leads report, and nobody else for them', () => {
    expect(mayReport({ agency: 'STC' }, ['SKHCN', 'STC'], reference)).toBe(true);
    expect(mayReport({ agency: 'SNV' }, ['SKHCN', 'STC'], reference)).toBe(false);
    expect(mayReport({ agency: 'VPUBND' }, ['STC'], reference)).toBe(false);
  });

  it('keeps the progress of a group with those who follow all tasks, not with one of its members', () => {
    expect(mayReport({ agency: 'STC' }, ['CSBN'], reference)).toBe(false);
    expect(mayReport({ agency: 'SKHCN' }, ['CSBN'], reference)).toBe(true);
  });

  it('calls a decision on what an agency leads, or handed in, its own work', () => {
    expect(isOwnWork({ agency: 'SKHCN' }, ['SKHCN', 'STC'], null)).toBe(true);
    expect(isOwnWork({ agency: 'SKHCN' }, ['CSBN'], 'SKHCN')).toBe(true);
    expect(isOwnWork({ agency: 'VPUBND' }, ['SKHCN'], 'SKHCN')).toBe(false);
    expect(isOwnWork({ agency: null }, ['SKHCN'], null)).toBe(false);
  });
});
