import type { PlanDocument } from '#libs/contracts';
import { DateField, TextField } from '#libs/http';

/** A document that a plan rests on, in requests and answers alike. */
export class DocumentBody implements PlanDocument {
  @TextField({ description: 'Number and symbol', max: 200, example: '120/KH-SKHCN' })
  number: string;

  @DateField({ description: 'Date; null: not determined', nullable: true })
  date: string | null;
}

/** A document as the history names it. */
export function writtenDocument({ number, date }: PlanDocument): string {
  return date === null ? number : `${number} (${date.split('-').reverse().join('/')})`;
}
