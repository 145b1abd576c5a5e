import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { problem } from '#libs/contracts';
import { DOCX } from '#libs/documents';
import { extractionProblem } from './extraction.problems.js';
import type { DocumentKind } from './readers/extraction-job.js';

export const PDF = 'application/pdf';
export const TEXT = 'text/plain';
/** The one address that takes documents. */
export const EXTRACT_PATH = '/v1/directives/extract';

/** Greatest bodies, in bytes. */
const TEXT_LIMIT = 1_048_576;
const FILE_LIMIT = 8_388_608;

/** A document as it came. */
export class SentDocument {
  constructor(
    readonly kind: DocumentKind,
    readonly bytes: Buffer,
  ) {}
}

/** Lets {@link EXTRACT_PATH}, and no other address, take the bodies of documents. */
export function readDocumentBodies(fastify: FastifyInstance): void {
  addParser(fastify, TEXT, 'text', TEXT_LIMIT);
  addParser(fastify, DOCX, 'docx', FILE_LIMIT);
  addParser(fastify, PDF, 'pdf', FILE_LIMIT);
}

function addParser(fastify: FastifyInstance, type: string, kind: DocumentKind, limit: number): void {
  fastify.addContentTypeParser(type, (request: FastifyRequest, payload: NodeJS.ReadableStream, done) => {
    void receive(request, payload, kind, limit).then(
      (document) => {
        done(null, document);
      },
      (error: unknown) => {
        done(error as Error);
      },
    );
  });
}

async function receive(
  request: FastifyRequest,
  payload: NodeJS.ReadableStream,
  kind: DocumentKind,
  limit: number,
): Promise<SentDocument> {
  if (request.routeOptions.url !== EXTRACT_PATH) throw problem('unsupported-media-type');
  if (Number(request.headers['content-length'] ?? 0) > limit)
    throw extractionProblem('document-too-long', { limit });
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of payload) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > limit) throw extractionProblem('document-too-long', { limit });
    chunks.push(bytes);
  }
  // Reading stores nothing and may be repeated as it is; an answer kept under a key would be something stored.
  delete request.headers['idempotency-key'];
  return new SentDocument(kind, Buffer.concat(chunks));
}

/** @throws problem `document-not-utf8` */
export function requireUtf8(bytes: Buffer): void {
  if (!isUtf8(bytes)) throw extractionProblem('document-not-utf8');
}
