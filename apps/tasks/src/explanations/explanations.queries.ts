import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import type { Actor } from '#libs/auth';
import { Clock, type Day } from '#libs/calendar';
import { type ExplanationStanding, problem } from '#libs/contracts';
import { decodeCursor, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { readableExplanations } from './explanation-access.js';
import { type ExplanationItem, toExplanationItem, toExplanationState } from './explanation-state.js';
import { Explanation } from './explanation.entity.js';
import type { ListExplanationsQuery } from './explanation.requests.js';

/** Mean the same as `explanationStanding`. */
const CONDITIONS: Readonly<Record<ExplanationStanding, string>> = {
  open: `(explanation.state = 'open' AND explanation.lastDay >= :today)`,
  late: `(explanation.state = 'open' AND explanation.lastDay < :today)`,
  answered: `explanation.state = 'answered'`,
  withdrawn: `explanation.state = 'withdrawn'`,
};

@Injectable()
export class ExplanationsQueries {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly reference: ReferenceData,
    private readonly clock: Clock,
  ) {}

  /** The earliest last day first. */
  async list(actor: Actor, query: ListExplanationsQuery): Promise<Page<ExplanationItem>> {
    const { limit, cursor, ...filters } = query;
    const after = decodeCursor<[string, string]>(cursor, filters, ['date', 'uuid']);
    const today = this.clock.today();
    const page = this.select(actor);
    narrow(page, filters, today);
    if (after) {
      page.andWhere('(explanation.lastDay, explanation.id) > (:afterDay, :afterId)', {
        afterDay: after[0],
        afterId: after[1],
      });
    }
    const rows = await page
      .select('explanation.id', 'id')
      .orderBy('explanation.lastDay')
      .addOrderBy('explanation.id')
      .limit(limit + 1)
      .getRawMany<{ id: string }>();
    const items = await this.readAll(
      rows.map(({ id }) => id),
      today,
    );
    return toPage(items, limit, ({ lastDay, id }) => [lastDay, id], filters);
  }

  /** @throws problem `not-found`, also for one that the caller may not read */
  async read(actor: Actor, id: string): Promise<ExplanationItem> {
    const readable = await this.select(actor).andWhere('explanation.id = :id', { id }).getExists();
    const [item] = readable ? await this.readAll([id], this.clock.today()) : [];
    if (!item) throw problem('not-found');
    return item;
  }

  /** Requests about a task that the actor may read, with who was asked. */
  aboutTask(actor: Actor, taskId: string): Promise<Explanation[]> {
    return this.select(actor).andWhere('explanation.taskId = :taskId', { taskId }).getMany();
  }

  private select(actor: Actor): SelectQueryBuilder<Explanation> {
    const select = this.transactions.manager.createQueryBuilder(Explanation, 'explanation').where('true');
    const readable = readableExplanations(actor, this.reference);
    if (readable) select.andWhere(asked('seen', 'seen.agency_code IN (:...readable)'), { readable });
    return select;
  }

  private async readAll(ids: readonly string[], today: Day): Promise<ExplanationItem[]> {
    if (ids.length === 0) return [];
    const whole = await this.transactions.manager
      .createQueryBuilder(Explanation, 'explanation')
      .innerJoinAndSelect('explanation.agencies', 'agency')
      .where('explanation.id IN (:...ids)', { ids })
      .orderBy('explanation.lastDay')
      .addOrderBy('explanation.id')
      .getMany();
    return whole.map((row) => toExplanationItem(toExplanationState(row, row.agencies ?? []), today));
  }
}

function narrow(
  page: SelectQueryBuilder<Explanation>,
  { standing, agency, task }: Omit<ListExplanationsQuery, 'limit' | 'cursor'>,
  today: Day,
): void {
  if (standing?.length) {
    page.andWhere(`(${standing.map((one) => CONDITIONS[one]).join(' OR ')})`, { today });
  }
  if (agency !== undefined) page.andWhere(asked('owing', 'owing.agency_code = :agency'), { agency });
  if (task !== undefined) page.andWhere('explanation.taskId = :task', { task });
}

function asked(alias: string, condition: string): string {
  return `EXISTS (SELECT 1 FROM explanation_agency ${alias}
    WHERE ${alias}.explanation_id = explanation.id AND ${condition})`;
}
