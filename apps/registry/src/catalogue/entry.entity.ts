import { Column, PrimaryColumn } from 'typeorm';
import type { Lifecycle, OpenAttribute, RegistryDocument, TechnicalContact, UseState } from '#libs/contracts';

/** Columns that databases and systems share; each has a table of its own. */
export abstract class CatalogueEntry {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'integer' })
  version: number;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  kind: string;

  @Column({ name: 'owner_code', type: 'text', nullable: true })
  ownerCode: string | null;

  @Column({ name: 'owner_name', type: 'text', nullable: true })
  ownerName: string | null;

  @Column({ type: 'text' })
  lifecycle: Lifecycle;

  @Column({ name: 'lifecycle_on', type: 'date', nullable: true })
  lifecycleOn: string | null;

  @Column({ name: 'lifecycle_document', type: 'text', nullable: true })
  lifecycleDocument: string | null;

  @Column({ name: 'source_document', type: 'text', nullable: true })
  sourceDocument: string | null;

  @Column({ name: 'source_clause', type: 'text', nullable: true })
  sourceClause: string | null;

  @Column({ name: 'source_as_of', type: 'date', nullable: true })
  sourceAsOf: string | null;

  @Column({ type: 'text', nullable: true })
  note: string | null;

  @Column({ type: 'text', nullable: true })
  code: string | null;

  @Column({ name: 'operator_code', type: 'text', nullable: true })
  operatorCode: string | null;

  @Column({ name: 'operator_name', type: 'text', nullable: true })
  operatorName: string | null;

  @Column({ name: 'technical_contact', type: 'jsonb', nullable: true })
  technicalContact: TechnicalContact | null;

  @Column({ name: 'use_state', type: 'text' })
  use: UseState;

  @Column({ name: 'use_on', type: 'date', nullable: true })
  useOn: string | null;

  @Column({ name: 'use_document', type: 'text', nullable: true })
  useDocument: string | null;

  @Column({ type: 'jsonb' })
  documents: RegistryDocument[];

  /** As stated; attributes that nobody spoke of are added when it is read. */
  @Column({ name: 'open_attributes', type: 'jsonb' })
  openAttributes: OpenAttribute[];

  /** Name, code and owner without diacritics and case, for `q`. */
  @Column({ name: 'search_text', type: 'text' })
  searchText: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt: Date;
}

/** One step in the life cycle of an entry; only ever added. The first one has no `from`. */
export abstract class LifecycleStep {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'entry_id', type: 'uuid' })
  entryId: string;

  @Column({ name: 'from_state', type: 'text', nullable: true })
  from: Lifecycle | null;

  @Column({ name: 'to_state', type: 'text' })
  to: Lifecycle;

  /** Day of the change; null where the source of a first state gives none. */
  @Column({ name: 'happened_on', type: 'date', nullable: true })
  on: string | null;

  @Column({ type: 'text', nullable: true })
  document: string | null;

  @Column({ type: 'text', nullable: true })
  note: string | null;

  @Column({ name: 'recorded_by', type: 'text' })
  recordedBy: string;

  @Column({ name: 'recorded_by_agency', type: 'text', nullable: true })
  recordedByAgency: string | null;

  @Column({ name: 'recorded_at', type: 'timestamptz' })
  recordedAt: Date;
}

/** An entry's columns; an object of any making, where {@link CatalogueEntry} is TypeORM's description of the tables. */
export type EntryRow = Pick<CatalogueEntry, keyof CatalogueEntry>;
