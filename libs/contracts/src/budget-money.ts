import { schemaParts } from './event-schema.js';

/**
 * Where money comes from. state-investment: chi đầu tư phát triển; state-recurrent: kinh phí sự nghiệp khoa học, công nghệ
 * và chuyển đổi số; administrative-reform: kinh phí cải cách hành chính (CCHC); state-not-determined: State budget, where
 * the document does not say which part of it; enterprise: the partner enterprise; other: another lawful source.
 */
export const MONEY_SOURCES = [
  'state-investment',
  'state-recurrent',
  'administrative-reform',
  'state-not-determined',
  'enterprise',
  'other',
] as const;
export type MoneySource = (typeof MONEY_SOURCES)[number];

/** Sources that are State budget; an item's `requested` and `allocated` are the sums over them. */
export const STATE_SOURCES: readonly MoneySource[] = MONEY_SOURCES.filter(
  (source) => source !== 'enterprise' && source !== 'other',
);

/** cash: bằng tiền; in-kind: bằng hiện vật, tài sản, công nghệ, valued in đồng. */
export const MONEY_FORMS = ['cash', 'in-kind'] as const;
export type MoneyForm = (typeof MONEY_FORMS)[number];

/** The way of the money: nhu cầu → thẩm định → phê duyệt → phân bổ → giải ngân → quyết toán. */
export const MONEY_CHAIN = [
  'requested',
  'appraised',
  'approved',
  'allocated',
  'disbursed',
  'settled',
] as const;
export type MoneyStep = (typeof MONEY_CHAIN)[number];

/** What has been entered for each step, whole đồng; the sum of the ledger's entries. */
export type MoneyBalance = Record<MoneyStep, number>;

/** Money of an item from one source in one year, with what its ledger adds up to. */
export interface BudgetLineState extends MoneyBalance {
  id: string;
  source: MoneySource;
  /** Fiscal year; null: the plan does not say in which year. Nothing can be entered into such a line. */
  year: number | null;
  form: MoneyForm;
  /** Share of the item's total that is planned from this source in this year. */
  planned: number;
  /** What was allocated beyond what was approved, each time with a document that says so. */
  overGranted: number;
}

export const moneySchema = {
  type: 'integer',
  minimum: 0,
  maximum: schemaParts.optionalMoney.maximum,
  description: 'Whole đồng',
} as const;

export const fiscalYearSchema = { type: 'integer', minimum: 2000, maximum: 2100 } as const;

export const budgetLineSchema = {
  type: 'object',
  required: ['id', 'source', 'year', 'form', 'planned', ...MONEY_CHAIN, 'overGranted'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    source: { enum: MONEY_SOURCES },
    year: { type: ['integer', 'null'], minimum: 2000, maximum: 2100 },
    form: { enum: MONEY_FORMS },
    planned: moneySchema,
    ...Object.fromEntries(MONEY_CHAIN.map((step) => [step, moneySchema])),
    overGranted: moneySchema,
  },
};
