import { type BeforeApplicationShutdown, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from '#libs/auth';
import { TransactionScope } from '#libs/persistence';
import { DenialBook } from '../../delivery/sources/denial-book.js';
import type { Denied } from '../../exchange-log/exchange-log.js';
import { whyDenied } from './refused-call.js';

/** What one caller repeats within this time is one record, with its number. */
const TOGETHER_MILLISECONDS = 1_000;
const REFUSALS = new Set([401, 403, 404]);

/** Repetitions of an attempt whose first one is on record. */
interface Repeated {
  denied: Denied;
  route: string;
  count: number;
  timer: NodeJS.Timeout;
}

/** What an attempt was about, where that exists. */
type About = Pick<Denied, 'provider' | 'datasetCode'> & { grantId: string | null };

const NOTHING: About = { provider: null, datasetCode: null, grantId: null };

const DATASET = 'dataset.provider, dataset.code AS "datasetCode"';
const ABOUT: Readonly<Record<string, string>> = {
  grants: `SELECT ${DATASET}, g.id AS "grantId" FROM sharing_grant g JOIN sharing_dataset dataset ON dataset.id = g.dataset_id WHERE g.id = $1`,
  'sharing-requests': `SELECT ${DATASET}, NULL AS "grantId" FROM sharing_request r JOIN sharing_dataset dataset ON dataset.id = r.dataset_id WHERE r.id = $1`,
  datasets: `SELECT ${DATASET}, NULL AS "grantId" FROM sharing_dataset dataset WHERE dataset.id = $1`,
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Records calls of sharing's and the exchange log's routes that were refused without GrantAccess: without a good token,
 * without the scope, for another agency, by a grant that is not in force. The first attempt is on record before it is
 * answered; what the same caller repeats on the same route within a second is counted into one further record.
 */
@Injectable()
export class DeniedCalls implements OnModuleInit, BeforeApplicationShutdown {
  private readonly repeated = new Map<string, Repeated>();

  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly denials: DenialBook,
    private readonly transactions: TransactionScope,
  ) {}

  onModuleInit(): void {
    const fastify = this.adapterHost.httpAdapter.getInstance<FastifyInstance>();
    fastify.addHook('onSend', (request, reply, payload, done) => {
      const code = REFUSALS.has(reply.statusCode) ? codeIn(payload) : null;
      const recorded = code === null ? null : this.take(request, reply, code);
      if (!recorded) {
        done(null, payload);
        return;
      }
      // The book logs what it could not write; the refusal stands either way.
      void recorded
        .catch(() => undefined)
        .then(() => {
          done(null, payload);
        });
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([...this.repeated.keys()].map((key) => this.flush(key)));
  }

  /** Null when there is nothing to wait for. */
  private take(request: FastifyRequest, reply: FastifyReply, code: string): Promise<void> | null {
    const route = request.routeOptions.url ?? '';
    const why = whyDenied({ route, code, hasToken: request.headers.authorization !== undefined });
    if (why === null) return null;
    const actor = reply.statusCode === 401 ? undefined : actorOf(request);
    const [agency, credential] = [actor?.agency ?? null, actor?.clientId ?? null];
    const key = JSON.stringify([agency, credential, request.method, route, why]);
    const attempted = `${request.method} ${request.url.split('?', 1)[0] ?? ''}`;
    const known = this.repeated.get(key);
    if (known) {
      known.count += 1;
      if (known.denied.attempted !== attempted) known.route = `${request.method} ${route}`;
      return null;
    }
    const denied: Denied = {
      who: { agency, grantId: null, credential },
      channel: 'http',
      attempted,
      why,
      count: 1,
    };
    const timer = setTimeout(() => {
      void this.flush(key).catch(() => undefined);
    }, TOGETHER_MILLISECONDS);
    const repeated: Repeated = { denied, route: attempted, count: 0, timer };
    this.repeated.set(key, repeated);
    return this.recordFirst(repeated, route, request.params);
  }

  private async recordFirst(repeated: Repeated, route: string, parameters: unknown): Promise<void> {
    const { grantId, ...about } = await this.aboutOf(route, parameters);
    const { denied } = repeated;
    repeated.denied = { ...denied, ...about, who: { ...denied.who, grantId } };
    await this.denials.record(repeated.denied);
  }

  private async aboutOf(route: string, parameters: unknown): Promise<About> {
    const statement = ABOUT[route.split('/')[2] ?? ''];
    const { id } = parameters as { id?: string };
    if (statement === undefined || id === undefined || !UUID.test(id)) return NOTHING;
    const [about] = await this.transactions.manager.query<About[]>(statement, [id]);
    return about ?? NOTHING;
  }

  private async flush(key: string): Promise<void> {
    const repeated = this.repeated.get(key);
    this.repeated.delete(key);
    if (!repeated) return;
    clearTimeout(repeated.timer);
    if (repeated.count === 0) return;
    const { denied, route, count } = repeated;
    const same = denied.attempted === route;
    const about = same ? denied : { ...denied, ...NO_DATASET, who: { ...denied.who, grantId: null } };
    await this.denials.record({ ...about, attempted: route, count });
  }
}

/** Repetitions at other addresses of the route are about no dataset in particular. */
const NO_DATASET = { provider: null, datasetCode: null };

function codeIn(payload: unknown): string | null {
  if (typeof payload !== 'string' || !payload.startsWith('{')) return null;
  const { code } = JSON.parse(payload) as { code?: unknown };
  return typeof code === 'string' ? code : null;
}
