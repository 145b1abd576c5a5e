import { BooleanField, DateField, ObjectField, TextField, UuidField } from '#libs/http';
import type { DueDocument } from './due-lines.js';

const reason = { description: 'Why', max: 4_000, multiline: true } as const;
const dueDate = {
  description: 'New date as written in the document; "trước ngày" has the day before as its last day',
  example: '2026-06-30',
} as const;
const lastDay = {
  description: 'New last day that is in time; the date itself when left out',
  optional: true,
  nullable: true,
} as const;

export class DueDocumentBody implements DueDocument {
  @TextField({ description: 'Number and symbol', max: 100, example: '1203/UBND-KGVX' })
  number: string;

  @DateField({ description: 'Day of issue, not in the future' })
  date: string;
}

/** A lead asks for more time. */
export class ExtensionRequestBody {
  @DateField(dueDate)
  date: string;

  @DateField(lastDay)
  lastDay?: string | null;

  @TextField(reason)
  reason: string;
}

/** The assigning side gives more time. */
export class ExtensionBody {
  @DateField(dueDate)
  date: string;

  @DateField(lastDay)
  lastDay?: string | null;

  @ObjectField(() => DueDocumentBody, { description: 'The document that gives it' })
  document: DueDocumentBody;

  @TextField({ ...reason, optional: true, nullable: true })
  reason?: string | null;

  @BooleanField({
    description: 'True: the document rules out any further extension',
    optional: true,
    default: false,
  })
  noFurtherExtension?: boolean;
}

/** The assigning side grants a request. */
export class GrantBody {
  @DateField({
    ...dueDate,
    description: 'Another date than was asked for; left out: as asked',
    optional: true,
  })
  date?: string | null;

  @DateField(lastDay)
  lastDay?: string | null;

  @ObjectField(() => DueDocumentBody, { description: 'The document that gives it' })
  document: DueDocumentBody;

  @TextField({ ...reason, optional: true, nullable: true })
  reason?: string | null;

  @BooleanField({
    description: 'True: the document rules out any further extension',
    optional: true,
    default: false,
  })
  noFurtherExtension?: boolean;
}

/** The assigning side puts a wrongly entered date right. */
export class DueCorrectionBody {
  @DateField({ ...dueDate, description: 'The date as the document really says it' })
  date: string;

  @DateField(lastDay)
  lastDay?: string | null;

  @TextField({
    description: 'Words of the document; kept as they are when left out',
    max: 500,
    optional: true,
    nullable: true,
  })
  phrase?: string | null;

  @TextField(reason)
  reason: string;
}

export class RefusalBody {
  @TextField(reason)
  reason: string;
}

export class ExtensionLiftBody {
  @UuidField({ description: 'The new directive of the same issuer that allows extensions again' })
  directiveId: string;

  @TextField({ description: 'Remark', max: 4_000, multiline: true, optional: true, nullable: true })
  note?: string | null;
}
