import { DateField, IntegerField, ObjectField, TextField, UrlField } from '#libs/http';

const MAX_NOTE = 4_000;

export class ProgressBody {
  @IntegerField({ description: 'Part of the work that is done, percent', min: 0, max: 100 })
  percent: number;

  @TextField({
    description: 'What was done, what hinders',
    max: MAX_NOTE,
    multiline: true,
    optional: true,
    nullable: true,
  })
  note: string | null = null;
}

export class EvidenceBody {
  @TextField({
    description: 'Number and symbol of the resulting document; this or a link is needed',
    max: 100,
    optional: true,
    nullable: true,
    example: '812/SKHCN-CĐS',
  })
  documentNumber: string | null = null;

  @DateField({
    description: 'Day of the document, not in the future; decides whether the task was done in time',
    optional: true,
    nullable: true,
  })
  date: string | null = null;

  @UrlField({ description: 'Where it can be read', optional: true, nullable: true })
  link: string | null = null;

  @TextField({ description: 'Remark', max: MAX_NOTE, multiline: true, optional: true, nullable: true })
  note: string | null = null;
}

export class SubmissionBody {
  @ObjectField(() => EvidenceBody, { description: 'Proof that the task is done' })
  evidence: EvidenceBody;
}

/** Why evidence is returned, or a task suspended. */
export class ReasonBody {
  @TextField({ description: 'Reason', max: MAX_NOTE, multiline: true })
  reason: string;
}

export class NoteBody {
  @TextField({ description: 'Remark', max: MAX_NOTE, multiline: true, optional: true, nullable: true })
  note: string | null = null;
}

export class CancellationBody {
  @TextField({
    description: 'Ground: the document or decision that takes the task away',
    max: MAX_NOTE,
    multiline: true,
    example: 'Thông báo số 120/TB-VPUB ngày 12/5/2026',
  })
  ground: string;
}
