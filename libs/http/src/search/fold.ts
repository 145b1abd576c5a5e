import { foldVietnamese } from '#libs/reference';

/** Pattern for `column LIKE pattern`: the folded query anywhere in the column; %, _ and \ stand for themselves. */
export function likeFolded(query: string): string {
  return `%${foldVietnamese(query).replace(/[\\%_]/g, '\\$&')}%`;
}
