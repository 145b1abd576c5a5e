import { createHash } from 'node:crypto';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { actorOf } from '#libs/auth';
import { problem } from '#libs/contracts';
import type { TransactionScope } from '#libs/persistence';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { rawBodyOf } from '../requests/body.js';
import { type KeyedRequest, readAnswer, reserveKey, type StoredAnswer, storeAnswer } from './key-store.js';
import { Turns } from './turns.js';

const KEY = /^[\x21-\x7e]{1,128}$/;

/**
 * POST with `Idempotency-Key`: the first request is carried out, and its answer stored, in one transaction; the same
 * request again gets the stored answer (`Idempotency-Replayed: true`); another request under the same key is refused.
 * Failed requests leave nothing behind, so that they can be tried again under their key.
 */
export class IdempotencyInterceptor implements NestInterceptor {
  private readonly turns = new Turns();

  /** @param scope null in a service that stores no keys: a request with one is refused, not silently done twice. */
  constructor(private readonly scope: TransactionScope | null) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = request.headers['idempotency-key'];
    if (request.method !== 'POST' || key === undefined) return next.handle();
    if (!this.scope) throw problem('idempotency-not-supported');
    if (typeof key !== 'string' || !KEY.test(key)) throw problem('invalid-idempotency-key');

    const keyed = identify(request, key);
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const { scope } = this;
    return from(this.turns.take(`${keyed.client} ${key}`, () => answerOnce(scope, keyed, reply, next)));
  }
}

async function answerOnce(
  scope: TransactionScope,
  keyed: KeyedRequest,
  reply: FastifyReply,
  next: CallHandler<unknown>,
): Promise<unknown> {
  return scope.run(async (manager) => {
    if (await reserveKey(manager, keyed)) {
      const body = await lastValueFrom(next.handle(), { defaultValue: undefined });
      const location = reply.getHeader('location');
      await storeAnswer(manager, keyed, {
        status: reply.statusCode,
        body: body === undefined ? null : JSON.stringify(body),
        location: typeof location === 'string' ? location : null,
      });
      return body;
    }
    const answer = await readAnswer(manager, keyed);
    // Gone between the two statements: pruned, or its row was removed by hand.
    if (!answer) throw problem('conflict');
    return replay(answer, keyed, reply);
  });
}

function replay(answer: StoredAnswer, keyed: KeyedRequest, reply: FastifyReply): unknown {
  if (!answer.hash.equals(keyed.hash)) throw problem('idempotency-key-reused');
  reply.code(answer.status).header('idempotency-replayed', 'true');
  if (answer.location !== null) reply.header('location', answer.location);
  return answer.body === null ? undefined : JSON.parse(answer.body);
}

function identify(request: FastifyRequest, key: string): KeyedRequest {
  const actor = actorOf(request);
  // People share the client they work through.
  const client = actor ? `${actor.clientId} ${actor.subject}` : 'anonymous';
  const hash = createHash('sha256')
    .update(`${request.method} ${request.url}\n`)
    .update(rawBodyOf(request) ?? Buffer.alloc(0))
    .digest();
  return { client, key, hash };
}
