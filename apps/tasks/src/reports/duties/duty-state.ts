import type { AgencyRef, ReportDutyState } from '#libs/contracts';
import { foldVietnamese, type KnownAgency } from '#libs/http';
import type { Duty, DutyChange, DutyRow } from './duty.entity.js';

/** What somebody states about a new duty. */
export interface DutyContent extends Omit<
  ReportDutyState,
  'id' | 'version' | 'owner' | 'state' | 'countedFrom' | 'agencies' | 'recipients'
> {
  agencies: KnownAgency[];
  recipients: KnownAgency[];
}

/** What may change while the duty runs. The rule may not: periods are counted by it; end the duty and set a new one. */
export type DutyChanges = Partial<
  Pick<
    DutyContent,
    'title' | 'agencies' | 'recipients' | 'form' | 'graceWorkingDays' | 'escalation' | 'endsOn'
  >
>;

/** One line of a duty's history. */
export interface DutyHistoryLine {
  version: number;
  action: DutyChange['action'];
  /** ISO 8601 UTC. */
  at: string;
  /** Code of the agency that did it; null for an actor of no agency. */
  agency: string | null;
  /** Names of the fields that changed. */
  changed: string[];
  note: string | null;
}

/** A duty read alone. */
export interface DutyDetail extends ReportDutyState {
  /** Oldest first. */
  history: DutyHistoryLine[];
}

export function toDutyState(duty: DutyRow): ReportDutyState {
  return {
    id: duty.id,
    version: duty.version,
    title: duty.title,
    directiveId: duty.directiveId,
    clause: duty.clause,
    owner: duty.ownerName === null ? null : { code: duty.ownerCode, name: duty.ownerName },
    agencies: duty.agencies,
    recipients: duty.recipients,
    rule: duty.rule,
    form: duty.form,
    graceWorkingDays: duty.graceWorkingDays,
    escalation: duty.escalation,
    startsOn: duty.startsOn,
    endsOn: duty.endsOn,
    state: duty.state,
    countedFrom: duty.countedFrom,
    assumptions: duty.assumptions,
  };
}

export function dutySearchText({ title, agencies }: Pick<Duty, 'title'> & { agencies: AgencyRef[] }): string {
  return foldVietnamese([title, ...agencies.map(({ name }) => name)].join(' '));
}

export function toDutyHistoryLine(change: DutyChange): DutyHistoryLine {
  const { version, action, at, agencyCode, changed, note } = change;
  return { version, action, at: at.toISOString(), agency: agencyCode, changed: Object.keys(changed), note };
}
