/** project: investment project (dự án); activity: recurrent activity (nhiệm vụ, kinh phí sự nghiệp). */
export const BUDGET_ITEM_KINDS = ['project', 'activity'] as const;
export type BudgetItemKind = (typeof BUDGET_ITEM_KINDS)[number];
