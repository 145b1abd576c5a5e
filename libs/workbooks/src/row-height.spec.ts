import { describe, expect, it } from '@jest/globals';
import { rowHeight } from './row-height.js';

const line = rowHeight([{ text: 'một', width: 20 }]);
const linesOf = (text: string, width: number): number =>
  Math.round((rowHeight([{ text, width }]) - line) / 15.75) + 1;

describe('the height of a row', () => {
  it('is that of one line for texts that fit, and for none', () => {
    expect(linesOf('Sở Khoa học và Công nghệ', 40)).toBe(1);
    expect(rowHeight([])).toBe(line);
  });

  it('has a line for each part of a text that is wider than its cell', () => {
    expect(linesOf('Xây dựng kho dữ liệu dùng chung của tỉnh Khánh Hòa giai đoạn 2026 – 2030', 20)).toBe(5);
    expect(linesOf('a'.repeat(100), 20)).toBe(6);
    expect(linesOf('một\nhai\nba', 20)).toBe(3);
  });

  it('is that of the highest cell, larger for larger letters, and never more than a workbook allows', () => {
    const high = { text: 'một\nhai', width: 20 };
    expect(rowHeight([{ text: 'một', width: 20 }, high])).toBe(rowHeight([high]));
    expect(rowHeight([{ text: 'một', width: 20, size: 14 }])).toBeGreaterThan(line);
    expect(rowHeight([{ text: 'chữ '.repeat(5_000), width: 20 }])).toBe(409);
  });
});
