/** Numbers that a word processor counts itself are not in its text: this works them out and writes them there. */

interface ListLevel {
  format: string;
  /** "%1.%2)": the numbers of the levels in it. */
  text: string;
  start: number;
}

interface ListPlace {
  list: string;
  level: number;
}

const PARAGRAPH = /<w:p(?:>| [^<>]{0,500}>)/g;
const LONGEST_PROPERTIES = 20_000;
const MOST_LEVELS = 9;

/**
 * The document part with the number of each paragraph of a list as text at its beginning, and line breaks as text.
 *
 * @param numbering text of numbering.xml, '' when there is none
 * @param styles text of styles.xml: lists may hang on a style
 */
export function withNumbers(document: string, numbering: string, styles: string): string {
  const lists = new Lists(numbering);
  const byStyle = listsOfStyles(styles);
  const parts: string[] = [];
  let copied = 0;
  for (const match of document.matchAll(PARAGRAPH)) {
    const start = match.index + match[0].length;
    const properties = propertiesAt(document, start);
    const place = properties === null ? null : placeOf(properties, byStyle);
    const label = place && lists.next(place);
    if (!label || properties === null) continue;
    const end = start + properties.length;
    parts.push(document.slice(copied, end), `<w:r><w:t xml:space="preserve">${escaped(label)} </w:t></w:r>`);
    copied = end;
  }
  return (parts.join('') + document.slice(copied)).replace(
    /<w:(?:br|cr)(?: [^<>]{0,200})?\/>/g,
    '<w:t xml:space="preserve">\n</w:t>',
  );
}

function propertiesAt(document: string, start: number): string | null {
  if (!document.startsWith('<w:pPr', start)) return null;
  const near = document.slice(start, start + LONGEST_PROPERTIES);
  const end = near.indexOf('</w:pPr>');
  return end < 0 ? null : near.slice(0, end + '</w:pPr>'.length);
}

function placeOf(properties: string, byStyle: ReadonlyMap<string, ListPlace>): ListPlace | null {
  const own = readPlace(properties);
  const style = /<w:pStyle w:val="([^"]{1,100})"/.exec(properties)?.[1];
  const styled = style === undefined ? undefined : byStyle.get(style);
  if (!own) return styled ?? null;
  // numId 0 takes a paragraph out of the list of its style.
  return own.list === '0' ? null : { list: own.list, level: own.level };
}

function readPlace(properties: string): ListPlace | null {
  const list = /<w:numId w:val="(\d{1,6})"/.exec(properties)?.[1];
  const level = Number(/<w:ilvl w:val="(\d)"/.exec(properties)?.[1] ?? 0);
  return list === undefined ? null : { list, level };
}

function listsOfStyles(styles: string): Map<string, ListPlace> {
  const found = new Map<string, ListPlace>();
  for (const style of styles.split('<w:style ').slice(1)) {
    const id = /w:styleId="([^"]{1,100})"/.exec(style.slice(0, 500))?.[1];
    const place = readPlace(style.slice(0, LONGEST_PROPERTIES));
    if (id !== undefined && place) found.set(id, place);
  }
  return found;
}

/** The lists of numbering.xml, and how far each has counted. */
class Lists {
  private readonly levels = new Map<string, Map<number, ListLevel>>();
  private readonly abstracts = new Map<string, string>();
  private readonly counts = new Map<string, number[]>();

  constructor(numbering: string) {
    for (const text of numbering.split('<w:abstractNum ').slice(1)) {
      const id = /w:abstractNumId="(\d{1,6})"/.exec(text.slice(0, 300))?.[1];
      if (id !== undefined) this.levels.set(id, readLevels(text.split('</w:abstractNum>')[0] ?? ''));
    }
    for (const text of numbering.split('<w:num ').slice(1)) {
      const list = /w:numId="(\d{1,6})"/.exec(text.slice(0, 300))?.[1];
      const abstract = /<w:abstractNumId w:val="(\d{1,6})"/.exec(text.slice(0, 500))?.[1];
      if (list !== undefined && abstract !== undefined) this.abstracts.set(list, abstract);
    }
  }

  /** Label of the next paragraph at a place; null for a list that is not described or shows nothing. */
  next({ list, level }: ListPlace): string | null {
    const abstract = this.abstracts.get(list);
    const levels = abstract === undefined ? undefined : this.levels.get(abstract);
    const own = levels?.get(level);
    if (abstract === undefined || !levels || !own) return null;
    // Lists of one description go on counting together, as long as none says otherwise.
    const counts = this.counts.get(abstract) ?? [];
    this.counts.set(abstract, counts);
    counts[level] = counts[level] === undefined ? own.start : counts[level] + 1;
    counts.length = level + 1;
    if (own.format === 'bullet') return '-';
    if (own.format === 'none') return null;
    return own.text.replace(/%([1-9])/g, (_match, digit: string) => {
      const at = Number(digit) - 1;
      return inFormat(counts[at] ?? levels.get(at)?.start ?? 1, levels.get(at)?.format ?? 'decimal');
    });
  }
}

function readLevels(text: string): Map<number, ListLevel> {
  const levels = new Map<number, ListLevel>();
  for (const level of text.split('<w:lvl ').slice(1, MOST_LEVELS + 1)) {
    const near = level.slice(0, 3_000);
    const index = Number(/w:ilvl="(\d)"/.exec(near)?.[1] ?? 0);
    levels.set(index, {
      format: /<w:numFmt w:val="([a-zA-Z]{1,40})"/.exec(near)?.[1] ?? 'decimal',
      text: /<w:lvlText w:val="([^"]{0,100})"/.exec(near)?.[1] ?? '',
      start: Number(/<w:start w:val="(\d{1,5})"/.exec(near)?.[1] ?? 1),
    });
  }
  return levels;
}

function inFormat(count: number, format: string): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const letter = letters.charAt((count - 1) % letters.length);
  switch (format) {
    case 'lowerLetter':
      return letter;
    case 'upperLetter':
      return letter.toUpperCase();
    case 'lowerRoman':
      return roman(count).toLowerCase();
    case 'upperRoman':
      return roman(count);
    default:
      return String(count);
  }
}

function roman(count: number): string {
  const values: [number, string][] = [
    [10, 'X'],
    [9, 'IX'],
    [5, 'V'],
    [4, 'IV'],
    [1, 'I'],
  ];
  let [left, text] = [Math.min(count, 99), ''];
  for (const [value, digits] of values) for (; left >= value; left -= value) text += digits;
  return text;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('&amp;amp;', '&amp;');
}
