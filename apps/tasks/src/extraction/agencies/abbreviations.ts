import { type MappedText, matchAt } from '../text/mapped-text.js';
import type { ProperName } from './proper-names.js';

/** Short forms of agencies that letters use without saying what they stand for. */
const SHORT: readonly (readonly [short: RegExp, full: string])[] = [
  [/(?:Bộ )?(?:BCH ?QS|BCHQS|CHQS)(?= )/y, 'Bộ Chỉ huy Quân sự'],
  [/(?:(?:Bộ )?BCH ?|BCH )?BĐBP(?= )/y, 'Bộ Chỉ huy Bộ đội Biên phòng'],
  [/CA(?= )/y, 'Công an'],
  [/BHXH(?= )/y, 'Bảo hiểm xã hội'],
  [/LĐLĐ(?= )/y, 'Liên đoàn Lao động'],
  [/Hội LHPN(?= )/y, 'Hội Liên hiệp Phụ nữ'],
  [/Hội CCB(?= )/y, 'Hội Cựu chiến binh'],
  [/BQL KKT(?= )/y, 'Ban Quản lý Khu kinh tế'],
];
const OF_WHOM =
  / (?:tỉnh|thành phố|xã|phường|đặc khu)(?: \p{Lu}[\p{L}]*(?: \p{Lu}[\p{L}]*){0,3})?(?![\p{L}])/uy;

/** "CA tỉnh", "BCH QS tỉnh": the full name; null where no such form stands, or where it is not said of whom. */
export function abbreviatedAt(m: MappedText, place: number): ProperName | null {
  for (const [short, full] of SHORT) {
    const match = matchAt(short, m.text, place);
    const owner = match && matchAt(OF_WHOM, m.text, place + match[0].length);
    if (match && owner) return { end: place + match[0].length + owner[0].length, full: full + owner[0] };
  }
  return null;
}
