import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BudgetItemKind, ItemStatus, LegalRegime, ProjectGroup } from '#libs/contracts';
import { wholeNumber } from '#libs/persistence';

const money = { type: 'bigint', nullable: true, transformer: wholeNumber } as const;

/** A row of the budget list; money in whole đồng, null = not determined. Rules of the money: the table's constraints. */
@Entity({ name: 'budget_item' })
export class BudgetItem {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'integer' })
  version: number;

  @Column({ type: 'text' })
  kind: BudgetItemKind;

  @Column({ type: 'integer', nullable: true })
  number: number | null;

  @Column({ type: 'text' })
  name: string;

  @Column({ name: 'owner_code', type: 'text', nullable: true })
  ownerCode: string | null;

  @Column({ name: 'owner_name', type: 'text' })
  ownerName: string;

  @Column({ name: 'group_name', type: 'text', nullable: true })
  group: string | null;

  @Column({ name: 'fiscal_year', type: 'integer' })
  fiscalYear: number;

  @Column({ name: 'year_from', type: 'integer', nullable: true })
  yearFrom: number | null;

  @Column({ name: 'year_to', type: 'integer', nullable: true })
  yearTo: number | null;

  @Column({ name: 'total_cost', ...money })
  totalCost: number | null;

  @Column(money)
  requested: number | null;

  @Column(money)
  allocated: number | null;

  @Column(money)
  supplement: number | null;

  @Column({ name: 'progress_phrase', type: 'text', nullable: true })
  progressPhrase: string | null;

  @Column({ type: 'text', nullable: true })
  note: string | null;

  @Column({ name: 'source_document', type: 'text', nullable: true })
  sourceDocument: string | null;

  @Column({ name: 'source_clause', type: 'text', nullable: true })
  sourceClause: string | null;

  @Column({ name: 'source_as_of', type: 'date', nullable: true })
  sourceAsOf: string | null;

  @Column({ type: 'text', nullable: true })
  code: string | null;

  @Column({ name: 'legal_regime', type: 'text', nullable: true })
  legalRegime: LegalRegime | null;

  @Column({ name: 'project_group', type: 'text', nullable: true })
  projectGroup: ProjectGroup | null;

  @Column({ type: 'text' })
  status: ItemStatus;

  @Column({ name: 'status_reason', type: 'text', nullable: true })
  statusReason: string | null;

  /** What of another service it came from, see BudgetOrigin. */
  @Column({ name: 'origin_service', type: 'text', nullable: true })
  originService: string | null;

  @Column({ name: 'origin_aggregate', type: 'text', nullable: true })
  originAggregate: string | null;

  @Column({ name: 'origin_id', type: 'text', nullable: true })
  originId: string | null;

  /** Name, owner, group and code without diacritics and case, for `q`. */
  @Column({ name: 'search_text', type: 'text' })
  searchText: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt: Date;
}

/** Planned amount of a project in one year. */
@Entity({ name: 'budget_item_plan' })
export class BudgetItemPlan {
  @PrimaryColumn({ name: 'item_id', type: 'uuid' })
  itemId: string;

  @PrimaryColumn({ type: 'integer' })
  year: number;

  @Column({ type: 'bigint', transformer: wholeNumber })
  amount: number;
}
