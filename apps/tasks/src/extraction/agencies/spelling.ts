import { foldInPlace, isCapital } from '../text/mapped-text.js';

/** Parts of agencies' names that a scanner often robs of their diacritics, as they are written. */
const PARTS = [
  'Ủy ban Nhân dân',
  'Hội đồng Nhân dân',
  'Ủy ban Mặt trận',
  'Ban Quản lý',
  'Ban Chỉ huy',
  'Ban Chỉ đạo',
  'Bộ Chỉ huy',
  'Bộ đội Biên phòng',
  'Quân sự',
  'Văn phòng',
  'Trung tâm',
  'Công an',
  'Công ty',
  'Chi cục',
  'Hải quan',
  'Khu kinh tế',
  'Khu công nghiệp',
  'Khu vực',
  'Phục vụ Hành chính công',
  'Thanh tra',
  'Kho bạc Nhà nước',
  'Ngân hàng Nhà nước',
  'tỉnh',
  'thành phố',
  'xã',
].map((written) => ({ written, damaged: new RegExp(`(?<![a-z])${foldInPlace(written)}(?![a-z])`, 'g') }));

/** "Bộ Chi huy Quân sự tinh" → "Bộ Chỉ huy Quân sự tỉnh"; capitals stay as they are. */
export function respelled(name: string): string {
  // No syllable has "uờ", "uớ": a scanner lost the hook of the first letter.
  const hooked = name.replace(/(?<!q)u(?=[ờớợỡ])/gi, (letter) => (letter === 'U' ? 'Ư' : 'ư'));
  const folded = foldInPlace(hooked);
  const letters = hooked.split('');
  for (const { written, damaged } of PARTS) {
    for (const match of folded.matchAll(damaged)) {
      const found = name.slice(match.index, match.index + written.length);
      if (!isDamaged(found, written)) continue;
      for (const [index, letter] of written.toLowerCase().split('').entries())
        letters[match.index + index] = isCapital(found[index]) ? letter.toUpperCase() : letter;
    }
  }
  return letters.join('');
}

/** Places are spelt alike, but with other capitals: "Vân Phong" is no "Văn phòng", "Hà Tĩnh" no "tỉnh". */
function isDamaged(found: string, written: string): boolean {
  const capitals = found.split('').every((letter, index) => !isCapital(letter) || isCapital(written[index]));
  return capitals && (written.includes(' ') || found === foldInPlace(found));
}
