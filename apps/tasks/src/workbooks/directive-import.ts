import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Actor } from '#libs/auth';
import { ProblemError } from '#libs/contracts';
import { foldVietnamese } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { quoted } from '#libs/workbooks';
import { Directive } from '../directives/directive.entity.js';
import type { DirectiveContent } from '../directives/directive-state.js';
import { DirectivesService } from '../directives/directives.service.js';
import type { DirectiveKey, TaskKey } from './columns.js';
import type { ImportedRow } from './import-result.js';
import type { Row } from './remarks.js';
import type { StatedDirective } from './stated-rows.js';

/** The directives of a file, as its tasks name them. */
export interface ImportedDirectives {
  rows: ImportedRow[];
  /** By the folded name in the file; null: its row has a fault. */
  byLabel: Map<string, Directive | null>;
}

/** Registers the directives of a file that are not there yet. */
@Injectable()
export class DirectiveImport {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly directives: DirectivesService,
  ) {}

  /** In the caller's transaction; faults are noted at the rows. */
  async take(actor: Actor, stated: readonly StatedDirective[]): Promise<ImportedDirectives> {
    const rows: ImportedRow[] = [];
    const byLabel = new Map<string, Directive | null>();
    const labelRows = new Map<string, number>();
    for (const { row, label, content } of stated) {
      if (label === null) continue;
      const key = foldVietnamese(label);
      const other = labelRows.get(key);
      if (other !== undefined) row.fault('label', 'label-twice', { value: quoted(label), other });
      labelRows.set(key, row.row);
      const taken = content && (await this.takeOne(actor, row, content));
      byLabel.set(key, taken?.directive ?? null);
      if (!taken) continue;
      const { id } = taken.directive;
      rows.push({ row: row.row, action: taken.isNew ? 'create' : 'unchanged', id, title: label });
    }
    return { rows, byLabel };
  }

  /** The directives that a task's cell may mean by a number that no row of the file has. */
  async ofNumbers(numbers: readonly string[]): Promise<Map<string, Directive[]>> {
    const found = await this.transactions.manager.find(Directive, {
      where: { number: In([...new Set(numbers)]) },
      lock: { mode: 'pessimistic_read' },
    });
    const byNumber = new Map<string, Directive[]>();
    for (const directive of found) {
      const number = directive.number ?? '';
      byNumber.set(number, [...(byNumber.get(number) ?? []), directive]);
    }
    return byNumber;
  }

  /** The directive that a task names, or null with a fault noted. */
  resolve(
    row: Row<TaskKey>,
    named: string,
    byLabel: ImportedDirectives['byLabel'],
    byNumber: ReadonlyMap<string, Directive[]>,
  ): Directive | null {
    const inFile = byLabel.get(foldVietnamese(named));
    // Null: the fault is at its own row.
    if (inFile !== undefined) return inFile;
    const [only, ...others] = byNumber.get(named) ?? [];
    if (!only) row.fault('directive', 'unknown-directive', { value: quoted(named) });
    if (others.length > 0) row.fault('directive', 'directive-ambiguous', { value: quoted(named) });
    return others.length > 0 ? null : (only ?? null);
  }

  private async takeOne(
    actor: Actor,
    row: Row<DirectiveKey>,
    content: DirectiveContent,
  ): Promise<{ directive: Directive; isNew: boolean } | null> {
    const { manager } = this.transactions;
    const existing = await this.existing(content);
    if (existing) {
      const different = differenceOf(existing, content);
      if (different === null) return { directive: existing, isNew: false };
      row.fault(different, 'directive-differs');
      return null;
    }
    try {
      const { id } = await this.directives.create(actor, content);
      return { directive: await manager.findOneByOrFail(Directive, { id }), isNew: true };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      row.refuse(null, error);
      return null;
    }
  }

  /** By number, day and issuer, as the database tells them apart; without a number one that is the same in all. */
  private async existing(content: DirectiveContent): Promise<Directive | null> {
    const { number, issuer } = content;
    const candidates = await this.transactions.manager
      .createQueryBuilder(Directive, 'directive')
      .where('directive.issuerCode = :issuer AND directive.number IS NOT DISTINCT FROM :number', {
        issuer: issuer.code,
        number,
      })
      .orderBy('directive.id')
      // Its threshold must not change before its new tasks take it over.
      .setLock('pessimistic_read')
      .getMany();
    return (
      candidates.find((one) =>
        number === null ? differenceOf(one, content) === null : one.issuedOn === content.issuedOn,
      ) ?? null
    );
  }
}

/** The first column in which they differ. A threshold that is left out is whatever is registered. */
function differenceOf(existing: Directive, content: DirectiveContent): DirectiveKey | null {
  const { symbol, kind, issuedOn, meetingOn, subject, dueSoonWorkingDays } = content;
  const threshold = dueSoonWorkingDays ?? existing.dueSoonWorkingDays;
  const same: readonly (readonly [DirectiveKey, boolean])[] = [
    ['symbol', existing.symbol === symbol],
    ['kind', existing.kind === kind],
    ['issuedOn', existing.issuedOn === issuedOn],
    ['meetingOn', existing.meetingOn === meetingOn],
    ['subject', existing.subject === subject],
    ['threshold', existing.dueSoonWorkingDays === threshold],
  ];
  return same.find(([, isSame]) => !isSame)?.[0] ?? null;
}
