/**
 * Text as people type it in a hurry: lower case, without Vietnamese diacritics ("Hoà", "Hòa" → "hoa"; "Đề" → "de"),
 * punctuation and runs of blanks as one blank. For comparing and searching, never for showing.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/gi, 'd')
    .toLowerCase()
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
