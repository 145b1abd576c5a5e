import { describe, expect, it } from '@jest/globals';
import {
  mayApprove,
  mayCarryOut,
  mayFinishTraining,
  mayKeepTraining,
  mayPropose,
  mayReport,
  narrowedTo,
  supportNarrowedTo,
} from './staffing-access.js';

describe('who may report a head count', () => {
  it.each([
    ['the unit itself', '22333', true],
    ['another unit', '22366', false],
    ['the Home Affairs department', 'SNV', true],
    ['the standing body, which only looks', 'SKHCN', false],
    ['the Finance department', 'STC', false],
    ['a token without an agency', null, true],
  ])('%s: %s', (_who, agency, allowed) => {
    expect(mayReport({ agency }, '22333')).toBe(allowed);
  });
});

describe('who may do what with a training plan of SKHCN', () => {
  it.each([
    ['SKHCN', { keep: true, finish: true }],
    ['SNV', { keep: true, finish: false }],
    [null, { keep: true, finish: false }],
    ['UBND', { keep: false, finish: false }],
    ['22333', { keep: false, finish: false }],
  ])('%s', (agency, allowed) => {
    const caller = { agency };
    expect({ keep: mayKeepTraining(caller, 'SKHCN'), finish: mayFinishTraining(caller, 'SKHCN') }).toEqual(
      allowed,
    );
  });
});

describe('who may do what with the support of 22333 by SXD', () => {
  it.each([
    ['22333', { propose: true, approve: false, carryOut: false }],
    ['SXD', { propose: true, approve: false, carryOut: true }],
    ['SNV', { propose: true, approve: true, carryOut: true }],
    ['UBND', { propose: false, approve: true, carryOut: false }],
    ['SKHCN', { propose: false, approve: false, carryOut: false }],
    ['STC', { propose: false, approve: false, carryOut: false }],
    ['22366', { propose: false, approve: false, carryOut: false }],
    [null, { propose: true, approve: true, carryOut: true }],
  ])('%s', (agency, allowed) => {
    const parties = { unit: '22333', supporter: 'SXD' };
    const caller = { agency };
    expect({
      propose: mayPropose(caller, parties),
      approve: mayApprove(caller, parties),
      carryOut: mayCarryOut(caller, parties),
    }).toEqual(allowed);
  });

  it('nobody approves what it does itself', () => {
    for (const agency of ['SNV', 'UBND']) {
      expect(mayApprove({ agency }, { unit: '22333', supporter: agency })).toBe(false);
    }
  });
});

describe('who sees what', () => {
  it('Sở Tài chính sees all support plans, and of the rest its own', () => {
    expect([supportNarrowedTo({ agency: 'STC' }), narrowedTo({ agency: 'STC' })]).toEqual([null, 'STC']);
    expect(supportNarrowedTo({ agency: 'SXD' })).toBe('SXD');
  });

  it.each(['SNV', 'SKHCN', 'UBND', 'VPUBND', null])('%s sees everything', (agency) => {
    expect(narrowedTo({ agency })).toBeNull();
  });

  it.each(['22333', 'STC'])('%s sees at most itself', (agency) => {
    expect(narrowedTo({ agency })).toBe(agency);
  });
});
