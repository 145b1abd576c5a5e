import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PLAIN_CELL } from '#libs/workbooks';
import { MAX_MONEY } from '../../items/item-money.js';
import { readAmount, writeAmount } from './amount.js';
import { type Unit, unitOfCaption, unitOfHeader, UNITS } from './unit.js';

const text = (written: string, unit: Unit) => readAmount({ ...PLAIN_CELL, text: written }, unit);
const stored = (digits: string, unit: Unit) =>
  readAmount({ ...PLAIN_CELL, text: digits, numeric: true }, unit);

describe('an amount written the Vietnamese way', () => {
  it.each([
    ['20.481,6', 'million-dong', 20_481_600_000],
    ['14.755', 'million-dong', 14_755_000_000],
    ['500', 'million-dong', 500_000_000],
    ['0', 'dong', 0],
    ['40.617.142.156', 'dong', 40_617_142_156],
    ['40617142156', 'dong', 40_617_142_156],
    ['1,5', 'billion-dong', 1_500_000_000],
    ['2,50', 'thousand-dong', 2_500],
    ['  ', 'dong', null],
  ] as const)('%s %s is %s đồng', (written, unit, dong) => {
    expect(text(written, unit)).toEqual({ dong });
  });

  it.each([
    ['20,481.6', 'million-dong', 'not-an-amount'],
    ['1.5', 'million-dong', 'not-an-amount'],
    ['14 755', 'million-dong', 'not-an-amount'],
    ['-', 'dong', 'not-an-amount'],
    ['1.000 đ', 'dong', 'not-an-amount'],
    ['1e3', 'dong', 'not-an-amount'],
    ['14,755', 'million-dong', 'amount-ambiguous'],
    ['-5', 'dong', 'amount-negative'],
    ['0,5', 'dong', 'amount-not-whole'],
    ['1.000.000', 'billion-dong', 'amount-too-large'],
  ] as const)('%s in %s is refused: %s', (written, unit, fault) => {
    expect(text(written, unit)).toMatchObject({ fault });
  });
});

it.each([
  ['20481.599999999999', 'million-dong', 20_481_600_000],
  ['2.04816E4', 'million-dong', 20_481_600_000],
  ['522233.6', 'million-dong', 522_233_600_000],
  ['40617.142156', 'million-dong', 40_617_142_156],
] as const)('%s, as a workbook stores it, is exact', (digits, unit, dong) => {
  expect(stored(digits, unit)).toEqual({ dong });
});

it('every amount is read as it is written, in every unit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: MAX_MONEY }), fc.constantFrom(...UNITS), (dong, unit) => {
      const written = writeAmount(dong, unit);
      // Three decimals and no thousands could be an amount of another way of writing, and are asked about.
      fc.pre(!/^\d{1,3},\d{3}$/.test(written));
      expect(text(written, unit)).toEqual({ dong });
    }),
  );
});

describe('the unit of a table', () => {
  it.each([
    ['ĐVT: Triệu đồng', 'million-dong'],
    ['DVT: Đồng', 'dong'],
    ['Đơn vị tính: 1.000 đồng', 'thousand-dong'],
    ['(Đơn vị: tỷ đồng)', 'billion-dong'],
    ['Tổng số đồng chí tham dự', null],
    ['Hội đồng thẩm định', null],
  ] as const)('of "%s" is %s', (caption, unit) => {
    expect(unitOfCaption(caption)).toBe(unit);
  });

  it('may be in a header', () => {
    expect(unitOfHeader('Tổng kinh phí (triệu đồng)')).toBe('million-dong');
    expect(unitOfHeader('Năm 2023 (đồng)')).toBe('dong');
    expect(unitOfHeader('Tổng kinh phí')).toBeNull();
  });
});
