/** What the database answers of a page. */
export interface PageRow {
  /** As JSON, separated by commas, with a {@link SEAM} behind each public state; a task that was split has `"children":"<its id>"`. */
  items: string | null;
  hasMore: boolean | null;
  /** Of the last task of a page that is full. */
  sortDay: string | null;
  id: string | null;
  /** Ids of tasks that were split. */
  split: string[] | null;
}

/** Stands behind the public state, whose closing brace is to go; no JSON has it. The database takes long to cut a text. */
const SEAM = 0x1e;
const HEAD = '{"items":[';

/** Condition on the second part of a page: no more of it is read than lies before the end of the page of the first. */
export const WITHIN_REACH = 'task.sort_day <= (SELECT day FROM reach)';

/**
 * A page put together by the database: the service neither takes thousands of fields apart nor writes them again, and
 * asks once.
 *
 * @param parts one or two selections of (sort_day, id, version), the version null for the present one, each in order and
 * cut off behind the page; the second {@link WITHIN_REACH}
 * @param limit tasks of a page; in the text, since a plan for all numbers takes it for a tenth of all tasks
 * @param timeliness expression on the alias `task`
 */
export function pageStatement(
  [leading = '', following]: readonly string[],
  limit: number,
  timeliness: string,
): string {
  const most = limit + 1;
  const isOfPast = following !== undefined;
  const keys = isOfPast
    ? `front AS MATERIALIZED (${first(leading, most)}),
      reach AS MATERIALIZED (
        SELECT CASE WHEN count(*) = ${most} THEN max(sort_day) ELSE DATE '9999-12-31' END AS day FROM front),
      page AS MATERIALIZED (${first(`SELECT * FROM front UNION ALL ${following}`, most)})`
    : `page AS MATERIALIZED (${first(leading, most)})`;
  return `
    WITH ${keys}
    SELECT string_agg(${itemAsJson(timeliness)}, ',' ORDER BY place) FILTER (WHERE place <= ${limit}) AS items,
      bool_or(place > ${limit}) AS "hasMore",
      max(sort_day::text) FILTER (WHERE place = ${limit}) AS "sortDay",
      max(id::text) FILTER (WHERE place = ${limit}) AS id,
      array_agg(id::text) FILTER (WHERE is_split AND place <= ${limit}) AS split
    FROM (
      SELECT *, row_number() OVER (ORDER BY sort_day, id) AS place,
        EXISTS (SELECT 1 FROM task child WHERE child.parent_id = versions.id) AS is_split
      FROM (${isOfPast ? `${NOW} UNION ALL ${THEN}` : NOW}) versions) task`;
}

const COLUMNS = [
  'page.sort_day',
  'page.id',
  ...['public_state', 'state', 'completed_on', 'due_soon_working_days'].map((name) => `version_of.${name}`),
].join(', ');
const NOW = `
  SELECT ${COLUMNS} FROM page JOIN task version_of ON version_of.id = page.id WHERE page.version IS NULL`;
const THEN = `
  SELECT ${COLUMNS} FROM page
  JOIN task_past version_of ON version_of.id = page.id AND version_of.version = page.version`;

/**
 * The answer in UTF-8, without the seams. Its text is written once and closed up in place: made of strings, a page left
 * 450 kB to be collected, more than twice as much.
 *
 * @param items of {@link PageRow}
 * @param nextCursor as JSON
 */
export function pageAsJson(items: string, nextCursor: string): Buffer {
  const tail = `],"nextCursor":${nextCursor}}`;
  const page = Buffer.allocUnsafe(HEAD.length + Buffer.byteLength(items) + Buffer.byteLength(tail));
  let to = page.write(HEAD);
  const end = to + page.write(items, to);
  for (let from = to; from < end;) {
    const seam = page.indexOf(SEAM, from);
    const isLast = seam < 0 || seam >= end;
    const stop = isLast ? end : seam - 1;
    page.copyWithin(to, from, stop);
    to += stop - from;
    from = isLast ? end : seam + 1;
  }
  return page.subarray(0, to + page.write(tail, to));
}

/** The public state, and what depends on the day; in place of how the parts of a task stand, its id in quotes. */
function itemAsJson(timeliness: string): string {
  return `task.public_state::text || chr(${SEAM}) || ',"timeliness":"' || ${timeliness} || '","children":'
    || CASE WHEN task.is_split THEN '"' || task.id || '"}' ELSE 'null}' END`;
}

function first(parts: string, most: number): string {
  return `SELECT DISTINCT sort_day, id, version FROM (${parts}) found ORDER BY sort_day, id LIMIT ${most}`;
}
