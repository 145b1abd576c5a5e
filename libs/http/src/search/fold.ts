/**
 * Text as it is searched: lower case, without Vietnamese diacritics ("Hoà" and "Hòa" → "hoa", "Đề" → "de"), runs of
 * blanks as one. Store it in a column beside the text, and fold the query the same way.
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

/** Pattern for `column LIKE pattern`: the folded query anywhere in the column; %, _ and \ stand for themselves. */
export function likeFolded(query: string): string {
  return `%${foldVietnamese(query).replace(/[\\%_]/g, '\\$&')}%`;
}
