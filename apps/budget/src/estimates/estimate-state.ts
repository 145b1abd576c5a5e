import type { BudgetEstimateState, BudgetRoundState, EstimateLineState } from '#libs/contracts';
import type { Estimate, EstimateLine } from './estimate.entity.js';
import type { EstimateRound } from './round.entity.js';

export function roundState(round: EstimateRound): BudgetRoundState {
  const { decisionDocument: document, decisionDate: date, cancelDocument, cancelReason } = round;
  return {
    id: round.id,
    version: round.version,
    name: round.name,
    fiscalYear: round.fiscalYear,
    deadline: round.deadline,
    document: round.document,
    state: round.state,
    decision: document === null || date === null ? null : { document, date },
    cancellation:
      cancelDocument === null || cancelReason === null
        ? null
        : { document: cancelDocument, reason: cancelReason },
    requested: round.requested,
    appraised: round.appraised,
    approved: round.approved,
    allocated: round.allocated,
  };
}

/** @param lines the estimate's own, in the order of entry */
export function estimateState(estimate: Estimate, lines: readonly EstimateLine[]): BudgetEstimateState {
  return {
    id: estimate.id,
    version: estimate.version,
    roundId: estimate.roundId,
    agency: { code: estimate.agencyCode, name: estimate.agencyName },
    state: estimate.state,
    submittedOn: estimate.submittedOn,
    late: estimate.late,
    returnReason: estimate.returnReason,
    requested: lines.reduce((sum, { amount }) => sum + amount, 0),
    lines: lines.map(lineState),
  };
}

export function lineState(line: EstimateLine): EstimateLineState {
  const { originService: service, originAggregate: aggregate, originId } = line;
  return {
    id: line.id,
    itemId: line.itemId,
    kind: line.kind,
    name: line.name,
    source: line.source,
    year: line.year,
    form: line.form,
    amount: line.amount,
    explanation: line.explanation,
    origin:
      service === null || aggregate === null || originId === null
        ? null
        : { service, aggregate, id: originId },
    originAmount: line.originAmount,
    appraisal:
      line.verdict === null
        ? null
        : {
            verdict: line.verdict,
            amount: line.appraisedAmount ?? 0,
            reason: line.appraisalReason,
            ground: line.appraisalGround,
          },
  };
}
