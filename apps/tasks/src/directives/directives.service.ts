import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { DIRECTIVE_REGISTERED, type DirectiveState, problem, TASKS_DIRECTIVE } from '#libs/contracts';
import { decodeCursor, likeFolded, type Page, toPage } from '#libs/http';
import { Outbox } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import { mayAssign } from '../access/tasks-access.js';
import { taskProblem } from '../problems.js';
import { Directive, type DirectiveRow } from './directive.entity.js';
import type { ListDirectivesQuery } from './directive.requests.js';
import { type DirectiveContent, toDirectiveColumns, toDirectiveState } from './directive-state.js';

/** Directives; they are registered once and not changed. Every agency may read all of them. */
@Injectable()
export class DirectivesService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `other-agency`, `directive-exists` */
  create(actor: Actor, content: DirectiveContent): Promise<DirectiveState> {
    if (!mayAssign(actor, content.issuer.code)) throw problem('other-agency');
    return this.register(content);
  }

  /**
   * Registers a directive without asking who does it: for the service's own loading.
   *
   * @throws problem `directive-exists` when the issuer has one of the same number and day
   */
  register(content: DirectiveContent): Promise<DirectiveState> {
    return this.transactions.run(async (manager) => {
      const { number, issuedOn, issuer } = content;
      const same = { number: number ?? IsNull(), issuedOn: issuedOn ?? IsNull(), issuerCode: issuer.code };
      // Two at the same time: the unique index refuses the second one.
      if (number !== null && (await manager.existsBy(Directive, same))) {
        throw taskProblem('directive-exists', { number, issuer: issuer.name });
      }
      const directive: DirectiveRow = {
        ...toDirectiveColumns(content),
        id: uuidv7(),
        version: 1,
        createdAt: this.clock.now(),
      };
      await manager.insert(Directive, directive);
      const state = toDirectiveState(directive);
      this.outbox.append({
        aggregate: TASKS_DIRECTIVE,
        aggregateId: state.id,
        sequence: state.version,
        type: DIRECTIVE_REGISTERED,
        state,
        changed: [],
      });
      return state;
    });
  }

  /** @throws problem `not-found` */
  async read(id: string): Promise<DirectiveState> {
    const directive = await this.transactions.manager.findOneBy(Directive, { id });
    if (!directive) throw problem('not-found');
    return toDirectiveState(directive);
  }

  /** In the order of registration. */
  async list(query: ListDirectivesQuery): Promise<Page<DirectiveState>> {
    const { kind, issuer, q } = query;
    const filters = { kind, issuer, q };
    const [after] = decodeCursor<[string]>(query.cursor, filters, ['uuid']) ?? [];
    const select = this.transactions.manager.createQueryBuilder(Directive, 'directive');
    if (kind !== undefined) select.andWhere('directive.kind = :kind', { kind });
    if (issuer !== undefined) select.andWhere('directive.issuerCode = :issuer', { issuer });
    if (q !== undefined) select.andWhere('directive.searchText LIKE :q', { q: likeFolded(q) });
    if (after !== undefined) select.andWhere('directive.id > :after', { after });
    const rows = await select
      .orderBy('directive.id')
      .limit(query.limit + 1)
      .getMany();
    return toPage(rows.map(toDirectiveState), query.limit, (state) => [state.id], filters);
  }
}
