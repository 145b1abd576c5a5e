import { MONEY_CHAIN } from '#libs/contracts';
import type { Standing } from './report-standing.js';

/** What a report can be broken down by. */
export const BREAKDOWNS = ['agency', 'source', 'year', 'stage', 'partnership'] as const;
export type Breakdown = (typeof BREAKDOWNS)[number];

/**
 * Every amount there is on a day, one row each: item, source, year, step (of the chain, or `planned`), amount. Entries
 * count from the day on which they take effect. Items whose money is known as reported only count with those figures from
 * the day of the report, under the source `not-determined`.
 *
 * Parameters: $1 day, $2 fiscal year or null, $3 code of the only owner that is seen, or null.
 */
function moneyOf({ itemTable, planned, stated }: Standing): string {
  return `${itemTable === '' ? '' : `${itemTable},`}
  money AS (
    SELECT * FROM (
      SELECT line.item_id, line.source, line.year, entry.step, entry.amount
        FROM budget_entry entry JOIN budget_line line ON line.id = entry.line_id
       WHERE entry.effective_on <= $1::date
      UNION ALL
      SELECT plans.item_id, plans.source, plans.year, 'planned', plans.amount
        FROM (${planned}) AS plans (item_id, source, year, amount)
      UNION ALL
      SELECT stated.item_id, 'not-determined', stated.year, step.name, step.amount
        FROM (${stated}) AS stated (item_id, year, requested, allocated)
        CROSS JOIN LATERAL (VALUES ('requested', requested), ('allocated', allocated)) AS step (name, amount)
       WHERE step.amount IS NOT NULL
    ) AS every (item_id, source, year, step, amount)
    WHERE $2::integer IS NULL OR year = $2
  )`;
}

/** Stage of an item on the day, before the fold of a breakdown. */
const STAGE = `(SELECT entered.stage FROM item_stage entered WHERE entered.item_id = item.id
  AND NOT entered.passed_over AND entered.entered_on <= $1::date ORDER BY entered.position DESC LIMIT 1)`;

/** Key and label of each row, in SQL over `money` and `item`. */
const KEYS: Readonly<Record<Breakdown, { key: (standing: Standing) => string; label: string }>> = {
  agency: { key: () => 'coalesce(item.owner_code, item.owner_name)', label: 'max(item.owner_name)' },
  source: { key: () => 'money.source', label: 'NULL::text' },
  year: { key: () => 'money.year::text', label: 'NULL::text' },
  stage: { key: () => `coalesce(${STAGE}, 'not-determined')`, label: 'NULL::text' },
  partnership: {
    key: ({ isPartnership }) => `CASE WHEN ${isPartnership} THEN 'partnership' ELSE 'state-only' END`,
    label: 'NULL::text',
  },
};

const STEPS = ['planned', ...MONEY_CHAIN];

export function breakdownQuery(by: Breakdown, standing: Standing): string {
  const { key, label } = KEYS[by];
  const sums = STEPS.map(
    (step) => `coalesce(sum(money.amount) FILTER (WHERE money.step = '${step}'), 0) AS ${step}`,
  );
  return `WITH ${moneyOf(standing)}
    SELECT ${key(standing)} AS key, ${label} AS label, count(DISTINCT item.id) AS items, ${sums.join(', ')}
      FROM money JOIN ${standing.items} item ON item.id = money.item_id
     WHERE $3::text IS NULL OR item.owner_code = $3
     GROUP BY 1 ORDER BY 1`;
}

/**
 * Where more is committed than there is ground for, on a day: lines with more allocated than approved, activities with more
 * allocated than requested, projects with more requested than they cost. The same parameters.
 */
export function overCommitmentsQuery(standing: Standing): string {
  return `
  WITH ${moneyOf(standing)},
  by_line AS (
    SELECT item_id, source, year,
      coalesce(sum(amount) FILTER (WHERE step = 'requested'), 0) AS requested,
      coalesce(sum(amount) FILTER (WHERE step = 'approved'), 0) AS approved,
      coalesce(sum(amount) FILTER (WHERE step = 'allocated'), 0) AS allocated
    FROM money GROUP BY item_id, source, year
  ),
  found AS (
    SELECT item_id, 'allocated-over-approved' AS kind, source, year, approved AS ground, allocated AS committed
      FROM by_line WHERE allocated > approved AND source <> 'not-determined'
    UNION ALL
    SELECT by_line.item_id, 'allocated-over-requested', NULL, NULL, sum(by_line.requested), sum(by_line.allocated)
      FROM by_line JOIN ${standing.items} item ON item.id = by_line.item_id
     WHERE item.kind = 'activity' AND by_line.source NOT IN ('enterprise', 'other')
     GROUP BY by_line.item_id HAVING sum(by_line.allocated) > sum(by_line.requested)
    UNION ALL
    SELECT item.id, 'requested-over-cost', NULL, NULL, item.total_cost, sum(by_line.requested)
      FROM by_line JOIN ${standing.items} item ON item.id = by_line.item_id
     WHERE item.kind = 'project' GROUP BY item.id, item.total_cost HAVING sum(by_line.requested) > item.total_cost
  )
  SELECT item.id AS "itemId", item.name, item.owner_code AS "ownerCode", item.owner_name AS "ownerName",
    found.kind, found.source, found.year, found.ground, found.committed, found.committed - found.ground AS beyond
  FROM found JOIN ${standing.items} item ON item.id = found.item_id
  WHERE $3::text IS NULL OR item.owner_code = $3
  ORDER BY beyond DESC, item.id, found.kind, found.source, found.year`;
}

/** Items under way with the stage that they are in on the day ($1), of one owner ($2) or of all (null). */
export function stagesQuery({ itemTable, items }: Standing): string {
  return `${itemTable === '' ? '' : `WITH ${itemTable}`}
  SELECT item.id AS "itemId", item.name, item.owner_code AS "ownerCode", item.owner_name AS "ownerName", item.kind,
    item.legal_regime AS "legalRegime", item.project_group AS "projectGroup", entered.stage,
    entered.entered_on::text AS since, entered.document
  FROM ${items} item
  JOIN LATERAL (
    SELECT stage, entered_on, document FROM item_stage
     WHERE item_id = item.id AND NOT passed_over AND entered_on <= $1::date ORDER BY position DESC LIMIT 1
  ) entered ON true
  WHERE item.status = 'active' AND ($2::text IS NULL OR item.owner_code = $2)`;
}
