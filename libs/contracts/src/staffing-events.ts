import { schemaParts, stateEventSchemas } from './event-schema.js';

/** Aggregate segment of the subject `ioc.staffing.unit.<id>`. */
export const STAFFING_UNIT = 'unit';

/** Commune units since 01/7/2025: commune (xã), ward (phường), special zone (đặc khu). */
export const COMMUNE_UNIT_KINDS = ['commune', 'ward', 'special-zone'] as const;
export type CommuneUnitKind = (typeof COMMUNE_UNIT_KINDS)[number];

export const STAFFING_UNIT_REGISTERED = 'vn.ioc.staffing.unit.registered.v1';
export const STAFFING_UNIT_CHANGED = 'vn.ioc.staffing.unit.changed.v1';
export const STAFFING_UNIT_HEAD_COUNT_REPORTED = 'vn.ioc.staffing.unit.head-count-reported.v1';

/** The figure that counts of all a unit reported: the one of the latest day, and of these the last one sent. */
export interface HeadCount {
  /** IT staff (nhân lực CNTT), persons, 0–1000. */
  itStaff: number;
  /** Day (yyyy-MM-dd) as of which the figure is true. */
  asOf: string;
  note: string | null;
  /** Instant at which it was reported, ISO 8601 UTC. */
  reportedAt: string;
}

/** Public state of a commune unit in staffing. */
export interface StaffingUnitState {
  id: string;
  version: number;
  /** Statistical code of the commune unit (Decision 19/2025/QĐ-TTg), which is also its agency code. */
  code: string;
  kind: CommuneUnitKind;
  /** Name without its kind, for example "Bắc Nha Trang". */
  name: string;
  /** For example "Phường Bắc Nha Trang". */
  fullName: string;
  /** null: the unit has not answered ("Chưa xác định"). */
  headCount: HeadCount | null;
  /** Number of reports received; all are kept. */
  reportCount: number;
}

/** JSON Schemas (draft 2020-12) of the data of staffing's events, by event type. */
export const staffingEventSchemas: Record<string, object> = stateEventSchemas<StaffingUnitState>(
  {
    [STAFFING_UNIT_REGISTERED]: 'A commune unit was taken over from the reference list.',
    [STAFFING_UNIT_CHANGED]: 'The reference list names or classes a commune unit differently.',
    [STAFFING_UNIT_HEAD_COUNT_REPORTED]: 'A commune unit reported how many IT staff it has.',
  },
  {
    id: schemaParts.id,
    version: schemaParts.version,
    code: schemaParts.text,
    kind: { enum: COMMUNE_UNIT_KINDS },
    name: schemaParts.text,
    fullName: schemaParts.text,
    headCount: {
      type: ['object', 'null'],
      required: ['itStaff', 'asOf', 'note', 'reportedAt'],
      properties: {
        itStaff: { type: 'integer', minimum: 0, maximum: 1000 },
        asOf: { type: 'string', format: 'date' },
        note: schemaParts.optionalText,
        reportedAt: { type: 'string', format: 'date-time' },
      },
    },
    reportCount: { type: 'integer', minimum: 0 },
  },
);
