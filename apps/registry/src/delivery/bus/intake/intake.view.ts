import { DateField, EnumField, InstantField, IntegerField, kinds, ListField, TextField } from '#libs/http';
import { INTAKE_FAULTS, type IntakeFault } from './check-record.js';

export class PutAsideView {
  @TextField({ description: 'Subject that it was sent to', max: 500 })
  subject: string;

  @TextField({ description: 'Its ce-id; null: it had none', max: 200, nullable: true })
  eventId: string | null;

  @EnumField(INTAKE_FAULTS, { description: 'What was wrong' })
  fault: IntakeFault;

  @TextField({ description: 'What exactly', max: 1_000 })
  detail: string;

  @IntegerField({ description: 'Bytes of its data', min: 0 })
  size: number;

  @TextField({ description: 'The first 4,096 bytes of its data, as text', max: 5_000 })
  content: string;

  @InstantField({ description: 'When it was looked at' })
  at: string;
}

export class IntakeDayView {
  @DateField({ description: 'Day in Asia/Ho_Chi_Minh' })
  day: string;

  @IntegerField({ description: 'Records that went on to the receivers', min: 0 })
  accepted: number;

  @IntegerField({ description: 'Records that were put aside', min: 0 })
  putAside: number;
}

export class IntakeView {
  @ListField(kinds.object(() => IntakeDayView), {
    description: 'The newest 30 days on which something came',
    max: 30,
  })
  days: IntakeDayView[];

  @ListField(kinds.object(() => PutAsideView), {
    description: 'The newest 200 that were put aside',
    max: 200,
  })
  putAside: PutAsideView[];
}
