import {
  ACTIVITY_STAGES,
  type BudgetItemKind,
  type BudgetStage,
  type LegalRegime,
  PROJECT_STAGES,
  type ProjectGroup,
  type StagePhase,
} from '#libs/contracts';

interface Stage {
  stage: BudgetStage;
  phase: StagePhase;
  /** Stage that it may be sent back to, with a reason: what is not accepted is made again. */
  backTo: BudgetStage | null;
  /** The greatest number of working days that the law gives for it; null: our sources set none. */
  limit: ((group: ProjectGroup | null) => number) | null;
}

/**
 * Decree 224/2026/NĐ-CP art. 41: an appraisal takes at most 30 working days for group A, 20 for B and C. While the group
 * is not determined only what is late for every group counts as late.
 */
const projectAppraisal = (group: ProjectGroup | null): number => (group === 'B' || group === 'C' ? 20 : 30);

/** Decree 224/2026/NĐ-CP art. 65–67: recurrent money is appraised in at most 20 working days, approved in at most 3. */
const recurrentAppraisal = (): number => 20;
const recurrentApproval = (): number => 3;

const SPECIAL: Readonly<Partial<Record<BudgetStage, Pick<Stage, 'backTo' | 'limit'>>>> = {
  'policy-appraisal': { backTo: 'policy-preparation', limit: projectAppraisal },
  'policy-decision': { backTo: 'policy-preparation', limit: null },
  'project-appraisal': { backTo: 'project-preparation', limit: projectAppraisal },
  'project-decision': { backTo: 'project-preparation', limit: null },
  testing: { backTo: 'delivery', limit: null },
  'trial-run': { backTo: 'delivery', limit: null },
  acceptance: { backTo: 'delivery', limit: null },
  'estimate-appraisal': { backTo: 'estimate-preparation', limit: recurrentAppraisal },
  'estimate-approval': { backTo: 'estimate-preparation', limit: recurrentApproval },
};

const CLOSING: readonly BudgetStage[] = ['warranty', 'settlement'];

function machine(stages: readonly BudgetStage[], preparation: number): readonly Stage[] {
  return stages.map((stage, index) => ({
    stage,
    phase: index < preparation ? 'preparation' : CLOSING.includes(stage) ? 'closing' : 'execution',
    backTo: null,
    limit: null,
    ...SPECIAL[stage],
  }));
}

/** The stages of each kind in their order. Forward to any later one; what is passed over says why; back as `backTo` says. */
export const STAGE_MACHINES: Readonly<Record<BudgetItemKind, readonly Stage[]>> = {
  project: machine(PROJECT_STAGES, PROJECT_STAGES.indexOf('detailed-design')),
  activity: machine(ACTIVITY_STAGES, ACTIVITY_STAGES.indexOf('contractor-selection')),
};

export type StageMove =
  { way: 'forward'; passedOver: BudgetStage[] } | { way: 'back' } | { way: 'none'; allowed: BudgetStage[] };

/**
 * How an item gets from one stage to another. An item without a stage may begin at any: it was under way before it was
 * entered, and what came before is not known rather than passed over.
 */
export function moveBetween(kind: BudgetItemKind, from: BudgetStage | null, to: BudgetStage): StageMove {
  const stages = STAGE_MACHINES[kind];
  const target = stages.findIndex(({ stage }) => stage === to);
  const current = from === null ? null : stages.findIndex(({ stage }) => stage === from);
  if (target >= 0 && current === null) return { way: 'forward', passedOver: [] };
  if (target >= 0 && current !== null && target > current) {
    return { way: 'forward', passedOver: stages.slice(current + 1, target).map(({ stage }) => stage) };
  }
  const backTo = current === null ? null : (stages[current]?.backTo ?? null);
  if (backTo === to) return { way: 'back' };
  const forward = stages.slice((current ?? -1) + 1).map(({ stage }) => stage);
  return { way: 'none', allowed: backTo === null ? forward : [backTo, ...forward] };
}

export function phaseOf(kind: BudgetItemKind, stage: BudgetStage): StagePhase {
  return STAGE_MACHINES[kind].find((one) => one.stage === stage)?.phase ?? 'preparation';
}

/**
 * Working days that the law gives for a stage; null where it gives none. Only the limits of Decree 224/2026 are in our
 * sources, so that items under an earlier regime, or an unknown one, have none.
 */
export function limitOf(
  kind: BudgetItemKind,
  stage: BudgetStage,
  regime: LegalRegime | null,
  group: ProjectGroup | null,
): number | null {
  if (regime !== '224/2026') return null;
  return STAGE_MACHINES[kind].find((one) => one.stage === stage)?.limit?.(group) ?? null;
}
