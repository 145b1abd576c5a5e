import { posix } from 'node:path';
import { workbookProblem } from './workbook-problems.js';
import type { WorkbookArchive } from './workbook-archive.js';
import type { Elements } from './xml.js';

/** A relation of one part of a workbook to another. */
export interface Relation {
  id: string;
  /** Last part of its type: worksheet, comments, … */
  type: string;
  target: string;
}

/** @throws problem `file-active` for a relation that leads out of the file and is no plain hyperlink */
export function relationsOf(archive: WorkbookArchive, elements: Elements, part: string): Relation[] {
  const folder = posix.dirname(part);
  const file = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  if (!archive.has(file)) return [];
  const relations: Relation[] = [];
  elements(archive.text(file), {
    open: (name, attributes) => {
      if (name !== 'Relationship') return;
      const type = (attributes['Type'] ?? '').split('/').at(-1) ?? '';
      const outside = attributes['TargetMode'] === 'External';
      if (outside && type !== 'hyperlink') throw workbookProblem('file-active', { part: type.slice(0, 80) });
      const target = attributes['Target'] ?? '';
      const path = target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
      if (!outside) relations.push({ id: attributes['Id'] ?? '', type, target: path });
    },
  });
  return relations;
}

export interface SheetPart {
  name: string;
  part: string;
  visible: boolean;
}

/** What the workbook says of itself: its worksheets in their order. @throws problem `file-damaged` */
export function workbookContents(
  archive: WorkbookArchive,
  elements: Elements,
): { sheets: SheetPart[]; from1904: boolean } {
  const part = 'xl/workbook.xml';
  const relations = relationsOf(archive, elements, part);
  const sheets: SheetPart[] = [];
  let from1904 = false;
  elements(archive.text(part), {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      const id = attributes['r:id'] ?? attributes['id'];
      const relation = relations.find((one) => one.id === id);
      // Sheets of charts have no cells.
      if (relation?.type !== 'worksheet') return;
      if (!archive.has(relation.target)) throw workbookProblem('file-damaged');
      const visible = !['hidden', 'veryHidden'].includes(attributes['state'] ?? '');
      sheets.push({ name: attributes['name'] ?? '', part: relation.target, visible });
    },
  });
  return { sheets, from1904 };
}

/** The texts that cells refer to by their place. */
export function sharedTexts(archive: WorkbookArchive, elements: Elements): string[] {
  const part = 'xl/sharedStrings.xml';
  if (!archive.has(part)) return [];
  const texts: string[] = [];
  let current = '';
  let phonetic = false;
  elements(archive.text(part), {
    open: (name) => {
      if (name === 'si') current = '';
      if (name === 'rPh') phonetic = true;
    },
    text: (text, within) => {
      if (within === 't' && !phonetic) current += text;
    },
    close: (name) => {
      if (name === 'rPh') phonetic = false;
      if (name === 'si') texts.push(current);
    },
  });
  return texts;
}

/** Notes that somebody attached to cells, by the cell's address. */
export function commentsOf(
  archive: WorkbookArchive,
  elements: Elements,
  relations: readonly Relation[],
): Map<string, string> {
  const comments = new Map<string, string>();
  for (const { target } of relations.filter(({ type }) => type === 'comments')) {
    if (!archive.has(target)) throw workbookProblem('file-damaged');
    let reference = '';
    let current = '';
    elements(archive.text(target), {
      open: (name, attributes) => {
        if (name !== 'comment') return;
        reference = attributes['ref'] ?? '';
        current = '';
      },
      text: (text, within) => {
        if (within === 't') current += text;
      },
      close: (name) => {
        if (name === 'comment' && current.trim() !== '') comments.set(reference, withoutAuthor(current));
      },
    });
  }
  return comments;
}

/** Spreadsheets begin a note with the name of the person who wrote it, which is nobody's business here. */
function withoutAuthor(comment: string): string {
  return comment.replace(/^[^\n:]{1,80}:\s*\n/, '').trim();
}
