import { expect, it } from '@jest/globals';
import { foldVietnamese } from '#libs/reference';
import { likeFolded } from './fold.js';

it.each([
  ['Hòa', 'hoa'],
  ['Hoà', 'hoa'],
  ['Ho\u0300a', 'hoa'],
  ['ĐỀ ÁN 06', 'de an 06'],
  ['đường', 'duong'],
  ['Ứng  dụng\n chữ   ký số ', 'ung dung chu ky so'],
  ['508/QĐ-UBND', '508/qd-ubnd'],
  ['ẶẼỖƯỲ', 'aeouy'],
])('%s is searched as %s', (text, folded) => {
  expect(foldVietnamese(text)).toBe(folded);
  expect(foldVietnamese(folded)).toBe(folded);
});

it('wildcards of LIKE stand for themselves', () => {
  expect(likeFolded('50%_Đ\\')).toBe('%50\\%\\_d\\\\%');
});
