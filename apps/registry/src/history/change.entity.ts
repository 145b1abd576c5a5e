import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A line of the history of any aggregate; only ever added. */
@Entity({ name: 'registry_change' })
export class RegistryChange {
  @PrimaryColumn({ type: 'text' })
  aggregate: string;

  @PrimaryColumn({ name: 'aggregate_id', type: 'uuid' })
  aggregateId: string;

  @PrimaryColumn({ type: 'integer' })
  version: number;

  @Column({ type: 'text' })
  action: string;

  @Column({ type: 'text', array: true })
  changed: string[];

  @Column({ type: 'text', nullable: true })
  note: string | null;

  @Column({ type: 'text', nullable: true })
  document: string | null;

  @Column({ type: 'text' })
  author: string;

  @Column({ name: 'author_agency', type: 'text', nullable: true })
  authorAgency: string | null;

  @Column({ type: 'timestamptz' })
  at: Date;
}
