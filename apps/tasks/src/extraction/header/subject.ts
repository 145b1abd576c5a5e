import { isHeadline } from '../layout/paragraphs.js';

const LONGEST = 1_000;
/** A person's name after an office; subjects name no persons. */
const PERSON =
  /((?:Chủ tịch|Chủ nhiệm|Thủ tướng|Bộ trưởng|Giám đốc|đồng chí)(?: (?:Thường trực )?(?:UBND|Ủy ban nhân dân|HĐND|Hội đồng nhân dân) (?:tỉnh|thành phố|xã|phường)| Chính phủ)?) (?:\[[^\]]{1,20}\]|\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}*){1,3})(?=,? (?:tại|về|,)|,|$)/gu;
/** The same in a title in capitals. */
const PERSON_IN_CAPITALS =
  /((?:THỦ TƯỚNG CHÍNH PHỦ|(?:CHỦ TỊCH|CHỦ NHIỆM)(?: (?:UBND|ỦY BAN NHÂN DÂN|HĐND|HỘI ĐỒNG NHÂN DÂN) (?:TỈNH|THÀNH PHỐ))?|BỘ TRƯỞNG|GIÁM ĐỐC|ĐỒNG CHÍ)) \p{Lu}+(?: \p{Lu}+){1,3}(?=,| TẠI | VỀ |$)/gu;
const COMRADE = /(đồng chí) (?:\[[^\]]{1,20}\]|\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}*){1,3}),? (?=\p{Lu})/gu;
const NOT_SUBJECT = /^(?:so ?:|kinh gui|can cu|v\/v|cong hoa|doc lap|ngay )|, ?ngay \d|^-/;

interface Line {
  text: string;
  folded: string;
}

/** What a document is about: the words under its title, or after "V/v". */
export function readSubject(head: readonly Line[], title: number): string {
  const letter = head.find(({ folded }) => /(?:^|\s)v\/v /.test(folded));
  const about = title >= 0 ? underTitle(head, title) : letter ? afterAbout(letter) : '';
  return about.replace(COMRADE, '$1').replace(PERSON, '$1').replace(/\s+/g, ' ').trim().slice(0, LONGEST);
}

function underTitle(head: readonly Line[], title: number): string {
  const below = head
    .slice(title + 1)
    .find(({ text, folded }) => !NOT_SUBJECT.test(folded) && /\p{L}/u.test(text));
  if (!below) return '';
  if (!isHeadline(below.text)) return below.text;
  const named = below.text.replace(PERSON_IN_CAPITALS, '$1');
  return named.charAt(0) + named.slice(1).toLowerCase();
}

function afterAbout({ text, folded }: Line): string {
  const start = folded.indexOf('v/v ') + 4;
  const about = text.slice(start);
  return about.charAt(0).toUpperCase() + about.slice(1);
}
