import { UnreadableDocument } from './unreadable.js';

const MOST_PAGES = 300;
/** Fewer letters on a page than this, on average, are stamps on a picture. */
const LETTERS_PER_PAGE = 20;

/**
 * Text layer of a PDF, page after page.
 *
 * @throws UnreadableDocument also for a scan without a text layer
 */
export async function readPdf(bytes: Uint8Array): Promise<string> {
  const { extractText, getDocumentProxy } = await import('unpdf');
  const { pages, texts } = await open(async () => {
    const document = await getDocumentProxy(bytes, { stopAtErrors: true });
    if (document.numPages > MOST_PAGES) throw new UnreadableDocument('document-too-large-inside');
    return { pages: document.numPages, texts: (await extractText(document, { mergePages: false })).text };
  });
  const text = texts.join('\n');
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters < LETTERS_PER_PAGE * pages) throw new UnreadableDocument('document-without-text');
  return text;
}

async function open<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UnreadableDocument) throw error;
    const encrypted = error instanceof Error && error.name === 'PasswordException';
    throw new UnreadableDocument(encrypted ? 'document-encrypted' : 'document-unreadable');
  }
}
