import { describe, expect, it } from '@jest/globals';
import { HttpException } from '@nestjs/common';
import { COMMON_PROBLEMS, problem } from '#libs/contracts';
import { FAULT_TEXTS, fieldProblem } from '../fields/faults.js';
import { databaseProblem } from './database-errors.js';
import { renderProblem } from './render.js';
import { toFailure } from './to-problem.js';

const fromServer = (code: string, severity = 'ERROR'): Error =>
  Object.assign(new Error('x'), { code, severity });

describe('database errors', () => {
  it.each([
    ['23505', 'conflict'],
    ['40001', 'conflict'],
    ['40P01', 'conflict'],
    ['23503', 'conflict'],
    ['22021', 'unacceptable-value'],
    ['22P05', 'unacceptable-value'],
    ['22003', 'unacceptable-value'],
    ['23514', 'unacceptable-value'],
    ['57P01', 'unavailable'],
    ['57014', 'unavailable'],
    ['53300', 'unavailable'],
    ['08006', 'unavailable'],
    ['55P03', 'unavailable'],
    ['42703', undefined],
    ['25P02', undefined],
  ])('%s is %s', (code, expected) => {
    expect(databaseProblem(fromServer(code))?.code).toBe(expected);
    const wrapped = Object.assign(new Error('wrapped'), { driverError: fromServer(code) });
    expect(databaseProblem(wrapped)?.code).toBe(expected);
  });

  it('a session that was ended, or not let in, is unavailable', () => {
    expect(databaseProblem(fromServer('28P01', 'FATAL'))?.code).toBe('unavailable');
  });

  it('codes of other libraries are none of the database', () => {
    expect(databaseProblem(Object.assign(new Error('x'), { code: '23505' }))).toBeUndefined();
    expect(databaseProblem('23505')).toBeUndefined();
  });
});

describe('failures', () => {
  it.each([
    [new HttpException('x', 404), 'not-found', false],
    [new HttpException('x', 418), 'bad-request', false],
    [new HttpException('secret', 500), 'internal', true],
    [new Error('secret'), 'internal', true],
    ['secret', 'internal', true],
    [undefined, 'internal', true],
    [problem('conflict'), 'conflict', false],
    [Object.assign(new Error('x'), { statusCode: 404 }), 'internal', true],
  ])('%s is answered as %s', (error, code, ours) => {
    const failure = toFailure(error, 10);
    expect([failure.problem.code, failure.ours]).toEqual([code, ours]);
  });

  it('too large a body names the limit', () => {
    expect(toFailure(new HttpException('x', 413), 1_234).problem.parameters).toEqual({ limit: 1_234 });
  });
});

describe('problem documents', () => {
  const setting = { language: 'en', instance: '/v1/tasks', traceId: 'abc' } as const;

  it('fill the places of their texts', () => {
    const document = renderProblem(problem('stale-version', { current: 4 }), setting);
    expect(document).toEqual({
      type: 'urn:ioc:problem:stale-version',
      title: 'Stale version',
      status: 412,
      detail: expect.stringContaining('version 4') as unknown,
      code: 'stale-version',
      instance: '/v1/tasks',
      traceId: 'abc',
    });
  });

  it('tell of each wrong field in the language, from the catalogue or the texts of the rule', () => {
    const texts = { vi: 'Sau ngày ban hành.', en: 'After the day of issue.' };
    const error = fieldProblem(
      { field: 'title', code: 'too-long', parameters: { max: 5 } },
      { field: 'due', code: 'due-before-issue', texts },
    );
    expect(renderProblem(error, { ...setting, language: 'vi' }).errors).toEqual([
      { field: 'title', code: 'too-long', message: 'Không được quá 5 ký tự.' },
      { field: 'due', code: 'due-before-issue', message: 'Sau ngày ban hành.' },
    ]);
  });

  it('cannot be overwritten in their own members by an extension', () => {
    const error = problem('conflict', {}, { status: 200, holder: 'STC' });
    expect(renderProblem(error, setting)).toMatchObject({ status: 409, holder: 'STC' });
  });

  it('take values of texts literally', () => {
    const error = problem('insufficient-scope', { scope: '$& {traceId} __proto__' });
    expect(renderProblem(error, setting).detail).toContain('$& {traceId} __proto__');
  });

  it('every fault has both texts with the same places', () => {
    for (const { vi, en } of Object.values(FAULT_TEXTS)) expect(placesOf(vi)).toEqual(placesOf(en));
  });

  it('every common problem has both texts with the same places', () => {
    for (const [code, { vi, en }] of Object.entries(COMMON_PROBLEMS)) {
      expect([code, placesOf(vi.detail)]).toEqual([code, placesOf(en.detail)]);
    }
  });
});

function placesOf(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();
}
