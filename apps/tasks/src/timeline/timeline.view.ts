import { InstantField, TextField } from '#libs/http';
import type { TimelineEntry } from './timeline-source.js';

export class TimelineEntryView implements TimelineEntry {
  @InstantField({ description: 'When' })
  at: string;

  @TextField({ description: 'Where it comes from: history, reminders, explanations …', max: 50 })
  source: string;

  @TextField({ description: 'What happened, a word of the source', max: 50 })
  kind: string;

  @TextField({ description: 'Identifier within its source', max: 200 })
  reference: string;

  @TextField({
    description: 'Code of the agency that did it; null: the system, or an actor of no agency',
    max: 64,
    nullable: true,
  })
  agency: string | null;

  @TextField({ description: 'One line', max: 1_000 })
  title: string;

  @TextField({ description: 'Note, reason or answer', max: 20_000, nullable: true })
  text: string | null;
}
