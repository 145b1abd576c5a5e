import type { Day } from '#libs/calendar';
import { type ExplanationEventState, explanationStanding, type ExplanationStanding } from '#libs/contracts';
import type { ExplanationAgencyRow, ExplanationRow } from './explanation.entity.js';

/** A request as the API answers it: its public state and how it stands today. */
export interface ExplanationItem extends ExplanationEventState {
  standing: ExplanationStanding;
}

export function toExplanationState(
  row: ExplanationRow,
  agencies: readonly ExplanationAgencyRow[],
): ExplanationEventState {
  return {
    id: row.id,
    version: row.version,
    taskId: row.taskId,
    title: row.taskTitle,
    requester: row.requesterCode,
    reason: row.reason,
    requestedOn: row.requestedOn,
    lastDay: row.lastDay,
    state: row.state,
    answers: [...agencies]
      .sort((one, other) => one.position - other.position)
      .map(({ agencyCode, agencyName, answeredOn, answer, document }) => ({
        agency: { code: agencyCode, name: agencyName },
        answeredOn,
        text: answer,
        document,
      })),
  };
}

export function toExplanationItem(state: ExplanationEventState, today: Day): ExplanationItem {
  return { ...state, standing: explanationStanding(state, today) };
}
