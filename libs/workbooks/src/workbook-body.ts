import type { FastifyRequest } from 'fastify';
import { workbookProblem } from './workbook-problems.js';
import { XLSX } from './workbook-reader.js';

/**
 * The workbook that a request carries as its body, on a route of `readFileBodies`.
 *
 * @throws problem `file-empty`, `file-type`
 */
export function workbookOf({ body, headers }: FastifyRequest): Buffer {
  if (body === undefined) throw workbookProblem('file-empty');
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (!Buffer.isBuffer(body) || type !== XLSX) throw workbookProblem('file-type');
  return body;
}
