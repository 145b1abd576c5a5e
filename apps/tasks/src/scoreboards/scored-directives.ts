import { Injectable } from '@nestjs/common';
import type { Day } from '#libs/calendar';
import type { AgencyRef, DirectiveKind } from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';

export interface ScoredDirective {
  id: string;
  number: string | null;
  symbol: string | null;
  kind: DirectiveKind;
  issuer: AgencyRef;
  issuedOn: Day | null;
  subject: string;
}

/** A directive as boards show it, and the session whose conclusions it gives. */
export interface KnownDirective {
  directive: ScoredDirective;
  meetingOn: Day | null;
}

const READ = `
  SELECT id, number, symbol, kind, json_build_object('code', issuer_code, 'name', issuer_name) AS issuer,
    issued_on::text AS "issuedOn", subject, meeting_on::text AS "meetingOn"
  FROM directive WHERE id = ANY ($1::uuid[])`;

/** What boards say of directives. It never changes, so that each is read once: some 500 bytes for each directive. */
@Injectable()
export class ScoredDirectives {
  private readonly known = new Map<string, KnownDirective>();

  constructor(private readonly transactions: TransactionScope) {}

  /** By id, with those that were asked for before. */
  async of(ids: readonly string[]): Promise<ReadonlyMap<string, KnownDirective>> {
    const missing = ids.filter((id) => !this.known.has(id));
    if (missing.length > 0) {
      const rows: (ScoredDirective & { meetingOn: Day | null })[] = await this.transactions.manager.query(
        READ,
        [missing],
      );
      for (const { meetingOn, ...directive } of rows) this.known.set(directive.id, { directive, meetingOn });
    }
    return this.known;
  }
}
