import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { problem, type ProblemError } from '#libs/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { pathOf, traceOf } from '../requests/observation.js';
import { chooseLanguage } from './language.js';
import { PROBLEM_MEDIA_TYPE, renderProblem } from './render.js';

/** Seconds after which a client may try again. */
const RETRY_AFTER = '2';

export function sendProblem(error: ProblemError, request: FastifyRequest, reply: FastifyReply): void {
  const language = chooseLanguage(request.headers['accept-language']);
  const { status } = error.definition;
  const document = renderProblem(error, {
    language,
    instance: pathOf(request),
    traceId: traceOf(request)?.traceId,
  });
  // What the handler may have set for an answer that is not given.
  for (const name of ['etag', 'location', 'content-disposition', 'content-encoding', 'content-length']) {
    reply.removeHeader(name);
  }
  // Fastify would close the connection, and the client, still sending, would often see a reset instead of the answer.
  // Node reads the rest away; the request's time limit ends what never ends.
  if (status === 413) reply.removeHeader('connection');
  if (status === 401 && !reply.hasHeader('www-authenticate')) reply.header('www-authenticate', 'Bearer');
  if ((status === 503 || status === 429) && !reply.hasHeader('retry-after'))
    reply.header('retry-after', RETRY_AFTER);
  reply
    .code(status)
    .header('content-type', PROBLEM_MEDIA_TYPE)
    .header('content-language', language)
    .header('vary', 'Accept-Language')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(document));
}

/** Answers on a connection whose request Node could not read, so that there is neither request nor reply. */
export function sendConnectionProblem(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const refusal = connectionProblem(error.code);
  const { status } = refusal.definition;
  const body = JSON.stringify(renderProblem(refusal, { language: 'vi', instance: '' }));
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}\r\ncontent-type: ${PROBLEM_MEDIA_TYPE}\r\n` +
      `content-language: vi\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

function connectionProblem(code: string | undefined): ProblemError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return problem('headers-too-large');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return problem('request-timeout');
    default:
      return problem('bad-request');
  }
}
