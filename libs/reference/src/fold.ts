/**
 * Text as it is searched: lower case, without Vietnamese diacritics ("Hoà" and "Hòa" → "hoa", "Đề" → "de"), runs of
 * blanks as one. Never for showing.
 */
export function foldVietnamese(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** Text as people type it in a hurry: folded, and without punctuation. For comparing names. */
export function foldText(text: string): string {
  return foldVietnamese(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Folded name of an agency with the usual short forms made alike ("UBND", "&") and without a closing "tỉnh (Khánh Hòa)". */
export function agencyNameKey(name: string): string {
  return foldText(name.replace(/&/g, ' và '))
    .replace(/\buy ban nhan dan\b/g, 'ubnd')
    .replace(/\bhoi dong nhan dan\b/g, 'hdnd')
    .replace(/\bkhoa hoc va cong nghe\b/g, 'khcn')
    .replace(/\bkh va cn\b/g, 'khcn')
    .replace(/^cac /, '')
    .replace(/ tinh(?: khanh hoa)?$/, '');
}
