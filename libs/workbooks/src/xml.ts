import type { SaxTag } from '@cj-tech-master/excelts/xml';
import { workbookProblem } from './workbook-problems.js';

export interface ElementHandlers {
  open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  /** @param within name of the element that the text is in */
  text?: (text: string, within: string) => void;
  close?: (name: string) => void;
}

export type Elements = (xml: string, handlers: ElementHandlers) => void;

/** Deeper than any part of a workbook is nested. */
const MAX_DEPTH = 64;

/** Goes through the elements of a part of a workbook, by their names without prefix. Loaded when first needed. */
export async function readElements(): Promise<Elements> {
  const { SaxParser } = await import('@cj-tech-master/excelts/xml');
  return (xml, { open, text, close }) => {
    const within: string[] = [];
    const parser = new SaxParser({ position: false, maxDepth: MAX_DEPTH, invalidCharHandling: 'replace' });
    const failures: Error[] = [];
    parser.on('error', (error: Error) => {
      failures.push(error);
    });
    parser.on('opentag', (tag: SaxTag) => {
      const name = local(tag.name);
      within.push(name);
      open?.(name, tag.attributes);
    });
    parser.on('text', (content: string) => text?.(content, within.at(-1) ?? ''));
    parser.on('cdata', (content: string) => text?.(content, within.at(-1) ?? ''));
    parser.on('closetag', () => {
      close?.(within.pop() ?? '');
    });
    parser.write(xml);
    parser.close();
    if (failures.length > 0) throw workbookProblem('file-damaged');
  };
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
