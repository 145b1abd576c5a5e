import { schemaParts } from './event-schema.js';

/** Decree that an item is carried out under; projects decided earlier may continue under theirs. */
export const LEGAL_REGIMES = ['73/2019', '82/2024', '45/2026', '224/2026'] as const;
export type LegalRegime = (typeof LEGAL_REGIMES)[number];

/** Group of an investment project (nhóm A, B, C), which decides how long an appraisal may take. */
export const PROJECT_GROUPS = ['A', 'B', 'C'] as const;
export type ProjectGroup = (typeof PROJECT_GROUPS)[number];

/** Stages of a project, Decree 224/2026/NĐ-CP art. 41, in their order. An item is in the stage that it works on. */
export const PROJECT_STAGES = [
  'policy-preparation',
  'policy-appraisal',
  'policy-decision',
  'project-preparation',
  'project-appraisal',
  'project-decision',
  'detailed-design',
  'contractor-selection',
  'contract',
  'delivery',
  'testing',
  'trial-run',
  'training',
  'acceptance',
  'completion-file',
  'warranty',
  'settlement',
] as const;

/** Stages of a recurrent activity, Decree 224/2026/NĐ-CP art. 65–67, in their order. */
export const ACTIVITY_STAGES = [
  'estimate-preparation',
  'estimate-appraisal',
  'estimate-approval',
  'contractor-selection',
  'contract',
  'delivery',
  'acceptance',
  'settlement',
] as const;

export const BUDGET_STAGES = [...new Set([...PROJECT_STAGES, ...ACTIVITY_STAGES])] as const;
export type BudgetStage = (typeof PROJECT_STAGES)[number] | (typeof ACTIVITY_STAGES)[number];

export const STAGE_PHASES = ['preparation', 'execution', 'closing'] as const;
export type StagePhase = (typeof STAGE_PHASES)[number];

/** active: under way; suspended: tạm hoãn; cancelled: dừng hẳn; completed: hoàn thành. */
export const ITEM_STATUSES = ['active', 'suspended', 'cancelled', 'completed'] as const;
export type ItemStatus = (typeof ITEM_STATUSES)[number];

/** Where an item stands. */
export interface ItemStageState {
  stage: BudgetStage;
  phase: StagePhase;
  /** Day (yyyy-MM-dd) on which it came into the stage. */
  since: string;
  /** Last day on which the stage is in time by law; null where our sources of law set no limit. */
  lastDay: string | null;
  /** Document that brought it there. */
  document: string | null;
}

export const itemStageSchema = {
  type: ['object', 'null'],
  required: ['stage', 'phase', 'since', 'lastDay', 'document'],
  properties: {
    stage: { enum: BUDGET_STAGES },
    phase: { enum: STAGE_PHASES },
    since: { type: 'string', format: 'date' },
    lastDay: schemaParts.optionalDate,
    document: schemaParts.optionalText,
  },
};
