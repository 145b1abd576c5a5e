import { foldVietnamese } from '#libs/reference';

/** Pattern for `column LIKE pattern`: the folded query anywhere in the column; %, _ and \ stand for themselves. */
export function likeFolded(query: string): string {
  return likeContaining(foldVietnamese(query));
}

/** As above for text that is folded already; spaces at its ends are looked for, too. */
export function likeContaining(folded: string): string {
  return `%${folded.replace(/[\\%_]/g, '\\$&')}%`;
}
