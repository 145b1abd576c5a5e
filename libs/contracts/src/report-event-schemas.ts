import { orNull, schemaParts, stateEventSchemas } from './event-schema.js';
import {
  ESCALATION_LEVELS,
  REPORT_DUTY_CHANGED,
  REPORT_DUTY_ENDED,
  REPORT_DUTY_REGISTERED,
  REPORT_PERIOD_ANSWERED,
  REPORT_PERIOD_CORRECTED,
  REPORT_PERIOD_ESCALATED,
  REPORT_PERIOD_OPENED,
  REPORT_PERIOD_REMINDED,
  REPORT_PERIOD_WITHDRAWN,
  type ReportDutyState,
  type ReportPeriodState,
} from './report-events.js';

const instant = { type: 'string', format: 'date-time' } as const;
const optionalInstant = { type: ['string', 'null'], format: 'date-time' } as const;
const day = { type: 'string', format: 'date' } as const;
const agencies = { type: 'array', items: schemaParts.agency } as const;
const workingDays = { type: 'integer', minimum: 1 } as const;

/** An object all of whose fields are there. */
function record(properties: Record<string, object>): object {
  return { type: 'object', required: Object.keys(properties), properties };
}

const time = {
  type: ['string', 'null'],
  pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$',
  description: 'Asia/Ho_Chi_Minh; null: the whole last day',
};
const onDayOfMonth = {
  day: { type: ['integer', 'null'], minimum: 1, maximum: 31, description: 'null: the last day of the month' },
  before: { type: 'boolean' },
  time,
};
const rule = {
  oneOf: [
    record({ kind: { const: 'weeks' }, weeks: { type: 'integer', minimum: 1 }, time }),
    record({ kind: { const: 'weekly' }, weekday: { type: 'integer', minimum: 1, maximum: 7 }, time }),
    record({ kind: { const: 'monthly' }, ...onDayOfMonth }),
    record({
      kind: { const: 'quarterly' },
      month: { type: 'integer', minimum: 1, maximum: 3 },
      ...onDayOfMonth,
    }),
    record({ kind: { const: 'once' }, date: day, before: { type: 'boolean' }, time }),
  ],
};

const yesOrNo = { type: 'boolean' } as const;
const form = record({
  results: yesOrNo,
  obstacles: yesOrNo,
  proposals: yesOrNo,
  taskPercents: yesOrNo,
  figures: {
    type: 'array',
    items: record({
      key: schemaParts.text,
      name: schemaParts.text,
      unit: schemaParts.optionalText,
      summable: yesOrNo,
    }),
  },
});

const answer = record({
  agency: schemaParts.agency,
  submittedAt: optionalInstant,
  correctedAt: optionalInstant,
  corrections: { type: 'integer', minimum: 0 },
  step: orNull(record({ level: { enum: ['agency', ...ESCALATION_LEVELS] }, at: instant })),
});

/** JSON Schemas (draft 2020-12) of the data of the events about reports, by event type. */
export const reportEventSchemas: Record<string, object> = {
  ...stateEventSchemas<ReportDutyState>(
    {
      [REPORT_DUTY_REGISTERED]: 'A duty to report was registered.',
      [REPORT_DUTY_CHANGED]: 'A duty to report was changed; periods that are open stay as they are.',
      [REPORT_DUTY_ENDED]: 'A duty to report was ended.',
    },
    {
      id: schemaParts.id,
      version: schemaParts.version,
      title: schemaParts.text,
      directiveId: orNull({ type: 'string', format: 'uuid' }),
      clause: schemaParts.optionalText,
      owner: orNull(schemaParts.agency),
      agencies: { ...agencies, minItems: 1 },
      recipients: agencies,
      rule,
      form,
      graceWorkingDays: workingDays,
      escalation: {
        type: 'array',
        items: record({ level: { enum: ESCALATION_LEVELS }, graceWorkingDays: workingDays }),
      },
      startsOn: day,
      endsOn: schemaParts.optionalDate,
      state: { enum: ['active', 'ended'] },
      countedFrom: day,
      assumptions: schemaParts.optionalText,
    },
  ),
  ...stateEventSchemas<ReportPeriodState>(
    {
      [REPORT_PERIOD_OPENED]: 'A reporting period began, or was found to have begun.',
      [REPORT_PERIOD_ANSWERED]: 'An agency submitted its report.',
      [REPORT_PERIOD_CORRECTED]: 'An agency corrected a report that it had submitted.',
      [REPORT_PERIOD_REMINDED]: 'The agencies whose reports are missing were reminded.',
      [REPORT_PERIOD_ESCALATED]: 'The next level was told of the reports that are missing.',
      [REPORT_PERIOD_WITHDRAWN]: 'The duty ended before the period: nobody owes its reports.',
    },
    {
      id: schemaParts.id,
      version: schemaParts.version,
      dutyId: { type: 'string', format: 'uuid' },
      title: schemaParts.text,
      number: { type: 'integer', minimum: 1 },
      label: schemaParts.text,
      opensOn: day,
      date: day,
      lastDay: day,
      deadline: instant,
      beforeStart: yesOrNo,
      withdrawnAt: optionalInstant,
      answers: { type: 'array', items: answer },
    },
  ),
};
