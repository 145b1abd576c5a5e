import { Injectable } from '@nestjs/common';
import type { BilingualText } from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';

/** Names of what records tell by code. */
export interface RecordNames {
  /** Every agency that may be a party; commune units last. */
  agencies: { code: string; name: string }[];
  /** Every dataset, by code. */
  datasets: { code: string; title: BilingualText }[];
}

/** Records name agencies and datasets by code, since a record never changes and names do. */
@Injectable()
export class RecordNamesQueries {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly reference: ReferenceData,
  ) {}

  async read(): Promise<RecordNames> {
    const { agencies, communes } = this.reference;
    const single = agencies.filter(({ kind }) => kind !== 'group');
    const codes = [...single, ...communes].map(({ code }) => code);
    return {
      agencies: codes.map((code) => ({ code, name: this.reference.agency(code)?.name ?? code })),
      datasets: await this.transactions.manager.query<RecordNames['datasets']>(
        'SELECT code, title FROM sharing_dataset ORDER BY code',
      ),
    };
  }
}
