import { withNumbers } from './numbering.js';
import { UnreadableDocument } from './unreadable.js';
import { readParts, storedZip } from './zip.js';

/** What the reader needs; pictures, macros and embedded files are not even unpacked. */
const WANTED =
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|word\/(?:document\d*|numbering|styles)\.xml|word\/_rels\/document\d*\.xml\.rels)$/;
const DOCUMENT = /^word\/document\d*\.xml$/;

/** Parts of a document as mammoth reads it. */
interface DocumentElement {
  type: string;
  value?: string;
  children?: DocumentElement[];
}

/**
 * Text of a Word document: a line for each paragraph with its number, a line "| a | b |" for each row of a table.
 *
 * @throws UnreadableDocument
 */
export async function readDocx(bytes: Buffer): Promise<string> {
  const parts = readParts(bytes, (name) => WANTED.test(name));
  for (const part of parts.values()) refuseEntities(part);
  const main = [...parts.keys()].find((name) => DOCUMENT.test(name));
  if (main === undefined) throw new UnreadableDocument('document-unreadable');
  const text = (name: string): string => parts.get(name)?.toString('utf8') ?? '';
  parts.set(main, Buffer.from(withNumbers(text(main), text('word/numbering.xml'), text('word/styles.xml'))));
  // The numbers are in the text now; without its list part, no reader adds its own.
  parts.delete('word/numbering.xml');
  const read = linesOf(await parse(storedZip(parts))).join('\n');
  if (!/\p{L}/u.test(read)) throw new UnreadableDocument('document-without-text');
  return read;
}

/** A document type is where entity bombs and outside files come from; word processors write none. */
function refuseEntities(part: Buffer): void {
  const utf16 = part[0] === 0xff || part[0] === 0xfe || part.subarray(0, 200).includes(0);
  if (utf16 || part.includes('<!DOCTYPE') || part.includes('<!ENTITY'))
    throw new UnreadableDocument('document-unreadable');
}

async function parse(zip: Buffer): Promise<DocumentElement> {
  const { default: mammoth } = await import('mammoth');
  let document: DocumentElement = { type: 'document' };
  try {
    await mammoth.convertToHtml(
      { buffer: zip },
      {
        externalFileAccess: false,
        transformDocument: (read: DocumentElement) => {
          document = read;
          // Only the structure is wanted; nothing is left to turn into HTML.
          return { ...read, children: [] };
        },
      },
    );
  } catch {
    throw new UnreadableDocument('document-unreadable');
  }
  return document;
}

function linesOf(element: DocumentElement): string[] {
  if (element.type === 'paragraph') return textOf(element).split('\n');
  if (element.type === 'tableRow') {
    const cells = (element.children ?? []).map((cell) =>
      linesOf(cell)
        .join(' ')
        .replace(/[|\s]+/g, ' ')
        .trim(),
    );
    // A row of one cell frames text; it is no row of data.
    return cells.length > 2 ? [`| ${cells.join(' | ')} |`] : (element.children ?? []).flatMap(linesOf);
  }
  return (element.children ?? []).flatMap(linesOf);
}

function textOf(element: DocumentElement): string {
  if (element.type === 'text') return element.value ?? '';
  if (element.type === 'tab') return ' ';
  return (element.children ?? []).map(textOf).join('');
}
