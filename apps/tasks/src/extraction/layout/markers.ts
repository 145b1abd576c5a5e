import { isCapital, isSmall, type MappedText } from '../text/mapped-text.js';

/** What a paragraph begins with, from the outermost to the innermost level. */
export const LEVELS = [
  'part',
  'roman',
  'article',
  'number',
  'number-2',
  'number-3',
  'letter',
  'parenthesis',
  'plain',
  'star',
  'dash',
  'plus',
] as const;
export type Level = (typeof LEVELS)[number];

export interface Marker {
  level: Level;
  /** How a clause path names it ("2", "a", "Điều 3"); null for dashes and plain paragraphs, which are counted. */
  label: string | null;
  /** Characters that it takes, blanks after it included. */
  length: number;
}

const PLAIN: Marker = { level: 'plain', label: null, length: 0 };
const ORDINALS: Readonly<Record<string, string>> = {
  mot: '1',
  hai: '2',
  ba: '3',
  bon: '4',
  nam: '5',
  sau: '6',
  bay: '7',
  tam: '8',
  chin: '9',
  muoi: '10',
  nhat: '1',
  tu: '4',
};

type Reader = (match: RegExpExecArray, text: string) => Omit<Marker, 'length'> | null;

/** Each expression reads folded text from its beginning; bounded, so that none takes more than linear time. */
const READERS: readonly [RegExp, Reader][] = [
  [
    /^(phan|chuong|muc|phu luc) ([ivx]{1,5}|\d{1,2})\b[.:)]? ?/,
    (match, text) => ({ level: 'part', label: text.slice(0, match[1]!.length + 1 + match[2]!.length) }),
  ],
  [/^dieu (\d{1,3})[.:]? ?/, (match) => ({ level: 'article', label: `Điều ${match[1]!}` })],
  [
    /^((?:xx?|x?ix|x?iv|x?vi{0,3}|x?i{1,3}))(?:[.)]|\/(?= )|(?= [-–])) ?[-–]? ?(?!\d)/,
    (match, text) => (isCapital(text[0]) ? { level: 'roman', label: match[1]!.toUpperCase() } : null),
  ],
  [
    /^([a-h])\. (?=\S)/,
    (match, text) => (isCapital(text[0]) ? { level: 'part', label: match[1]!.toUpperCase() } : null),
  ],
  [/^(\d{1,2}\.\d{1,2}\.\d{1,2})[.)/]?[-–]? (?=\D)/, (match) => ({ level: 'number-3', label: match[1]! })],
  [/^(\d{1,2}\.\d{1,2})[.)/]?[-–]? (?=\D)/, (match) => ({ level: 'number-2', label: match[1]! })],
  [
    /^(\d{1,2}) ?(?:[.)]|\/(?=[ -])|[-–] )[-–]? ?(?=[^\d\s])/,
    (match) => ({ level: 'number', label: match[1]! }),
  ],
  // A scanner's "l." for "1.".
  [/^l\. (?=\S)/, () => ({ level: 'number', label: '1' })],
  [
    /^(mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi) la ?[,:]? ?|^thu (nhat|hai|ba|tu|nam|sau|bay|tam) ?[,:] ?/,
    (match) => ({ level: 'number', label: ORDINALS[match[1] ?? match[2]!] ?? null }),
  ],
  [
    /^\(([ivx]{1,5}|\d{1,2}|[a-z])\) ?/,
    (match, text) => ({ level: 'parenthesis', label: text.slice(1, 1 + match[1]!.length) }),
  ],
  [
    /^(i{2,3}|iv|vi{1,3}|ix)\) ?/,
    (match, text) => (isSmall(text[0]) ? { level: 'parenthesis', label: match[1]! } : null),
  ],
  [
    /^([a-z]\d?)(?:\)|\/(?= )|\.(?= )) ?(?=\S)/,
    (match, text) => ({ level: 'letter', label: text.slice(0, match[1]!.length) }),
  ],
  [/^\* ?/, () => ({ level: 'star', label: null })],
  [/^[-–—−‒•●▪■◦·►➢✓] ?/u, () => ({ level: 'dash', label: null })],
  [/^\+ ?/, () => ({ level: 'plus', label: null })],
];

/** The number, letter or dash that a paragraph begins with. */
export function readMarker({ text, folded }: MappedText): Marker {
  const head = folded.slice(0, 40);
  for (const [expression, reader] of READERS) {
    const match = expression.exec(head);
    const read = match && reader(match, text);
    if (match && read) return { ...read, length: match[0].length };
  }
  return PLAIN;
}

export function beginsWithMarker(paragraph: MappedText): boolean {
  return readMarker(paragraph).level !== 'plain';
}
