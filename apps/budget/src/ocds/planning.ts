import type { BudgetItemState } from '#libs/contracts';
import { instantOf, listed, type Reference, value, yearPeriod } from './parts.js';
import { FORM_WORDS, SOURCE_WORDS, STAGE_WORDS } from './words.js';

/** OCDS planning: what the item is, what it costs, and where its money is to come from. */
export function planningOf(item: BudgetItemState, state: Reference, partner: Reference | null) {
  return {
    rationale: item.partnership?.legalGround ?? undefined,
    budget: {
      ...budgetAmount(item),
      project: item.name,
      projectID: item.code ?? item.id,
      finance: item.lines.length > 0 ? linesOf(item, state, partner) : listed(plansOf(item)),
    },
    project: {
      id: item.code ?? item.id,
      title: item.name,
      ...(item.totalCost !== null && { totalValue: value(item.totalCost) }),
    },
    documents: listed(documentsOf(item)),
    milestones: listed(stageOf(item)),
  };
}

/** An amount that is not determined is left out; 0 would say that nothing is needed. */
function budgetAmount({ kind, totalCost, requested }: BudgetItemState) {
  const amount = kind === 'project' ? totalCost : requested;
  const description = kind === 'project' ? 'Tổng kinh phí' : 'Nhu cầu kinh phí';
  return amount === null ? {} : { description, amount: value(amount) };
}

function linesOf({ lines }: BudgetItemState, state: Reference, partner: Reference | null) {
  return lines.map((line) => {
    const party = line.source === 'enterprise' ? partner : line.source === 'other' ? null : state;
    return {
      id: line.id,
      title: SOURCE_WORDS[line.source],
      description: FORM_WORDS[line.form],
      value: value(line.planned),
      ...(party && { financingParty: { id: party.id, name: party.name } }),
      ...(line.year !== null && { period: yearPeriod(line.year) }),
    };
  });
}

/** A plan by year whose sources are not determined. */
function plansOf({ plannedByYear }: BudgetItemState) {
  return Object.entries(plannedByYear).map(([year, amount]) => ({
    id: `plan-${year}`,
    title: `Kế hoạch năm ${year}`,
    value: value(amount),
    period: yearPeriod(Number(year)),
  }));
}

function documentsOf({ sourceDocument, stage }: BudgetItemState) {
  const source = sourceDocument && {
    id: 'source',
    title: sourceDocument.document,
    description: sourceDocument.clause ?? undefined,
    language: 'vi',
  };
  const decision = stage?.document && { id: `stage-${stage.stage}`, title: stage.document, language: 'vi' };
  return [source, decision].filter(
    (document) => document !== null && document !== undefined && document !== '',
  );
}

/** The step of the law that the item works on; its last day where the law sets one. */
function stageOf({ stage, progressPhrase }: BudgetItemState) {
  if (stage === null) return [];
  return [
    {
      id: stage.stage,
      title: STAGE_WORDS[stage.stage],
      code: stage.stage,
      description: progressPhrase ?? undefined,
      status: 'scheduled',
      dateModified: instantOf(stage.since),
      ...(stage.lastDay !== null && { dueDate: instantOf(stage.lastDay) }),
    },
  ];
}
