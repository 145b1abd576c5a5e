import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { Graph } from './rdf/graph.js';
import { jsonLdOf } from './rdf/json-ld.js';
import { turtleOf } from './rdf/turtle.js';

/** The forms in which the catalogue can be had, by the end of their address. */
export const FORMS = {
  ttl: 'text/turtle; charset=utf-8',
  jsonld: 'application/ld+json',
} as const;
export type Form = keyof typeof FORMS;

/** The form that an Accept header asks for; Turtle where it does not say. */
export function formOf(accept: string | undefined): Form {
  return /\bjson\b/.test(accept ?? '') ? 'jsonld' : 'ttl';
}

/** What is sent beside the graph. */
export interface Sending {
  form: Form;
  /** Whether a cache between may keep it, for everybody who asks without a token. */
  isPublic: boolean;
  modifiedAt: Date | null;
  /** Address of the next page. */
  next?: string | null;
}

/** The graph in its form; with a tag of its content, by which a portal that asks again is told that nothing changed. */
export async function sendGraph(reply: FastifyReply, graph: Graph, sending: Sending): Promise<string> {
  const { form, isPublic, modifiedAt, next } = sending;
  const content = form === 'ttl' ? await turtleOf(graph) : jsonLdOf(graph);
  const tag = createHash('sha256').update(content).digest('base64url').slice(0, 27);
  reply.header('content-type', FORMS[form]);
  reply.header('etag', `"${tag}"`);
  reply.header('cache-control', `${isPublic ? 'public' : 'private'}, no-cache`);
  reply.header('vary', 'authorization, accept');
  if (modifiedAt) reply.header('last-modified', modifiedAt.toUTCString());
  if (next) reply.header('link', `<${next}>; rel="next"`);
  return content;
}
