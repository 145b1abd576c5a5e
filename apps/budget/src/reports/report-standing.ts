/** Where a report finds what is not in the ledger: plans, figures as reported, costs and partnerships. SQL, over $1, the day. */
export interface Standing {
  /** Common table expression that the other parts need; empty: none. */
  itemTable: string;
  /** Rows (item, source, year, amount) of what is planned. */
  planned: string;
  /** Rows (item, fiscal year, requested, allocated) of items whose money is known as reported only. */
  stated: string;
  /** Relation with the items themselves as they were: name, owner, cost, status, regime … */
  items: string;
  /** Whether `item`, a row of it, was in a partnership. */
  isPartnership: string;
}

const STATED_SINCE = `coalesce(item.source_as_of, (item.created_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) <= $1::date`;
const WITHOUT_LINES = 'NOT EXISTS (SELECT 1 FROM budget_line line WHERE line.item_id = item.id)';

/** Today: as the list has it. */
export const TODAY: Standing = {
  itemTable: '',
  planned: `
    SELECT item_id, source, year, planned FROM budget_line
    UNION ALL
    SELECT item.id, 'not-determined', plan.year, plan.amount
      FROM budget_item item JOIN budget_item_plan plan ON plan.item_id = item.id
     WHERE ${WITHOUT_LINES} AND ${STATED_SINCE}`,
  stated: `
    SELECT item.id, item.fiscal_year, item.requested, item.allocated FROM budget_item item
     WHERE ${WITHOUT_LINES} AND ${STATED_SINCE}`,
  items: 'budget_item',
  isPartnership: 'EXISTS (SELECT 1 FROM partnership WHERE partnership.item_id = item.id)',
};

const DAY_BEFORE_ENDS = `released_at < ($1::date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'`;
const RELEASE_DAY = `(released_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date`;

/**
 * The newest state of each item on the day; of an item that is older than its first kept state, or was entered later, that of
 * the first evening.
 */
const KNOWN = `
  known AS (
    SELECT item.id, item.kind, (state ->> 'fiscalYear')::integer AS fiscal_year, state ->> 'name' AS name,
      state -> 'owner' ->> 'code' AS owner_code, state -> 'owner' ->> 'name' AS owner_name, state ->> 'status' AS status,
      state ->> 'legalRegime' AS legal_regime, state ->> 'projectGroup' AS project_group, ${STATED_SINCE} AS is_stated,
      least(item.source_as_of, (item.created_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) <= $1::date AS is_listed,
      state -> 'lines' AS lines, state -> 'plannedByYear' AS plan, (state ->> 'requested')::bigint AS requested,
      (state ->> 'allocated')::bigint AS allocated, (state ->> 'totalCost')::bigint AS total_cost,
      state ->> 'partnership' IS NOT NULL AS is_partnership
    FROM budget_item item
    CROSS JOIN LATERAL (SELECT coalesce(
      (SELECT state FROM item_release WHERE item_id = item.id AND ${DAY_BEFORE_ENDS} ORDER BY version DESC LIMIT 1),
      (SELECT state FROM item_release WHERE item_id = item.id AND ${RELEASE_DAY} = (
         SELECT min(${RELEASE_DAY}) FROM item_release WHERE item_id = item.id)
       ORDER BY version DESC LIMIT 1)) AS state) kept
  )`;

/** A day gone by: as the list had it in the evening. Figures as reported give way to the entries that took them over. */
export const PAST: Standing = {
  itemTable: KNOWN,
  planned: `
    SELECT known.id, line ->> 'source', (line ->> 'year')::integer, (line ->> 'planned')::bigint
      FROM known CROSS JOIN LATERAL jsonb_array_elements(known.lines) line WHERE known.is_listed
    UNION ALL
    SELECT known.id, 'not-determined', plan.key::integer, plan.value::bigint
      FROM known CROSS JOIN LATERAL jsonb_each_text(known.plan) plan
     WHERE known.lines = '[]' AND known.is_stated`,
  stated: `
    SELECT known.id, known.fiscal_year, known.requested, known.allocated FROM known
     WHERE known.lines = '[]' AND known.is_stated AND NOT EXISTS (
       SELECT 1 FROM budget_entry entry JOIN budget_line line ON line.id = entry.line_id
        WHERE line.item_id = known.id AND entry.effective_on <= $1::date)`,
  items: 'known',
  isPartnership: 'item.is_partnership',
};
