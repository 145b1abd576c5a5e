import { CursorQuery, InstantField, IntegerField, kinds, ListField, TextField } from '#libs/http';

export class HistoryQuery extends CursorQuery {}

/** A line of history as it is answered. */
export class HistoryLineView {
  @IntegerField({ description: 'Version after the change', min: 1 })
  version: number;

  @TextField({ description: 'What was done', max: 100 })
  action: string;

  @ListField(kinds.text({ max: 100 }), { description: 'Fields that it changed', max: 100 })
  changed: string[];

  @TextField({ description: 'Reason or note', max: 4_000, nullable: true })
  note: string | null;

  @TextField({ description: 'Document it rests on', max: 500, nullable: true })
  document: string | null;

  @TextField({
    description: 'Agency that did it; null: none, or the service itself',
    max: 64,
    nullable: true,
  })
  agency: string | null;

  @InstantField({ description: 'When it was recorded' })
  at: string;
}
