import type { Client } from 'pg';
import { loadReferenceData } from '#libs/reference';
import { PUBLIC_STATE } from '../../../apps/tasks/src/migrations/task-life-backfill.js';
import { signTasks } from '../../../apps/tasks/src/migrations/words-signature.js';

/** Words that titles are made of: the first come in many titles, the last in few. */
export const WORDS = [
  'báo cáo',
  'kế hoạch',
  'chuyển đổi số',
  'rà soát',
  'cơ sở dữ liệu',
  'hạ tầng',
  'tập huấn',
  'an toàn thông tin',
  'đề án',
  'dự toán',
  'thẩm định',
  'kết nối',
  'số hóa',
  'dịch vụ công',
  'đô thị biển',
  'trung tâm dữ liệu',
];

/**
 * Fills a migrated database with tasks of two years, five versions each, as the service would have entered them: assigned,
 * progress, extension or progress, handed in, confirmed; the youngest are not done yet and some of them late.
 *
 * @param today last day of the two years
 */
export async function generateTasks(client: Client, count: number, today: string): Promise<void> {
  const reference = loadReferenceData();
  const agencies = [
    ...reference.agencies.filter((agency) => agency.current && agency.level === 'province'),
    ...reference.communes.map(({ code, fullName }) => ({ code, name: `UBND ${fullName}` })),
  ].map(({ code, name }) => ({ code, name }));
  await client.query(`SELECT setseed(0.42)`);
  await client.query(
    `CREATE TEMP TABLE agency AS
    SELECT row_number() OVER () AS number, code, name FROM json_to_recordset($1) AS a (code text, name text)`,
    [JSON.stringify(agencies)],
  );
  await client.query(
    `CREATE TEMP TABLE word AS SELECT row_number() OVER () - 1 AS number, word FROM unnest($1::text[]) word`,
    [WORDS],
  );
  await client.query(DIRECTIVES, [today]);
  await client.query(PLAN, [count, today, agencies.length, WORDS.length]);
  for (const statement of [TASKS, AGENCIES]) await client.query(statement);
  await client.query(`
    UPDATE task SET parties = ARRAY(SELECT DISTINCT agency_code FROM task_agency WHERE task_id = task.id)`);
  await client.query(`UPDATE task SET public_state = (${PUBLIC_STATE}::jsonb || jsonb_build_object('extensions', extensions))::json
    WHERE id IN (SELECT id FROM plan)`);
  await client.query(
    `UPDATE task SET search_text = lower(translate(title || ' ' ||
      (SELECT string_agg(agency_name, ' ') FROM task_agency a WHERE a.task_id = task.id), $1, $2))
    WHERE id IN (SELECT id FROM plan)`,
    FOLDING,
  );
  await signTasks(
    async (text, values) => (await client.query<{ id: string; text: string }>(text, values)).rows,
  );
  for (const statement of [CHANGES, DUE_CHANGES, PAST, PAST_AGENCIES]) await client.query(statement);
  for (const table of [
    'directive',
    'task',
    'task_agency',
    'task_past',
    'task_past_agency',
    'task_change',
    'task_due_change',
  ])
    await client.query(`VACUUM ANALYZE ${table}`);
}

const FOLDING = [
  'áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđĐ',
  'aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyydd',
];

const DIRECTIVES = `
  INSERT INTO directive (id, version, number, symbol, kind, issuer_code, issuer_name, issued_on, meeting_on, subject,
    search_text, created_at)
  SELECT gen_random_uuid(), 1, number || '/UBND-GEN', 'UBND-GEN', 'letter', 'UBND', 'UBND tỉnh', day,
    CASE WHEN number % 20 = 0 THEN day END, 'Văn bản số ' || number, 'van ban so ' || number, day::timestamptz
  FROM (SELECT number, $1::date - 730 + (number * 730 / 1000) AS day FROM generate_series(0, 999) number) numbered`;

/** One row for a task: what happens when, each at least a day after the other; the latest on one of the last 20 days. */
const PLAN = `
  CREATE TEMP TABLE plan AS
  SELECT gen_random_uuid() AS id, d.id AS directive_id, given, due, least(given + 3 + step, latest) AS second,
    least(given + 10 + 2 * step, latest) AS third, least(given + 18 + 3 * step, latest) AS fourth,
    least(given + 22 + 3 * step + lag, latest) AS fifth,
    given + 22 + 3 * step + lag <= $2::date AS is_done, extended,
    CASE WHEN extended THEN due + 20 ELSE due END AS last_day,
    1 + floor(power(random(), 2) * $3)::integer AS lead, 1 + floor(random() * $3)::integer AS colead,
    1 + floor(random() * $3)::integer AS collaborator, random() < 0.15 AS has_colead,
    (SELECT word FROM word WHERE word.number = floor(power(w1, 3) * $4)) || ' và '
      || (SELECT word FROM word WHERE word.number = floor(power(w2, 3) * $4)) || ' số ' || number AS title
  FROM (
    SELECT number, random() AS w1, random() AS w2, floor(random() * 25)::integer AS step,
      floor(power(random(), 3) * 60)::integer AS lag,
      $2::date - floor(random() * 20)::integer AS latest,
      $2::date - 25 - floor(random() * 700)::integer AS given, floor(random() * 110)::integer AS span,
      random() < 0.3 AS extended, floor(random() * 1000)::integer AS chosen
    FROM generate_series(1, $1) number) drawn
  CROSS JOIN LATERAL (SELECT given + 15 + span AS due) dated
  JOIN (SELECT id, row_number() OVER (ORDER BY issued_on, number) - 1 AS place FROM directive WHERE symbol = 'UBND-GEN') d
    ON d.place = chosen`;

const TASKS = `
  INSERT INTO task (id, version, directive_id, clause, title, due_date, last_day, due_phrase, extendable, state,
    progress_percent, evidence, submitted_by, assigned_on, given_on, completed_on, search_text, parties,
    extensions, valid_from, public_state, words_signature, created_at, updated_at)
  SELECT id, 5, directive_id, 'II.' || (lead % 9), title, last_day, last_day, NULL, true,
    CASE WHEN is_done THEN 'completed' ELSE 'in-progress' END, CASE WHEN is_done THEN 100 ELSE 80 END,
    CASE WHEN is_done THEN jsonb_build_object('documentNumber', '1/BC', 'date', NULL, 'link', NULL, 'note', NULL,
      'submittedOn', fourth) END,
    NULL, given, given, CASE WHEN is_done THEN fourth END, '', '{}', extended::integer, fifth, '{}', 0::bit(256), given, fifth
  FROM plan`;

const AGENCIES = `
  INSERT INTO task_agency (task_id, role, agency_code, agency_name, position, sort_day, state, completed_on, given_on,
    due_soon_working_days, extensions, valid_from, words_signature)
  SELECT plan.id, role, a.code, a.name, place, last_day, CASE WHEN is_done THEN 'completed' ELSE 'in-progress' END,
    CASE WHEN is_done THEN fourth END, given, 5, extended::integer, fifth, 0::bit(256)
  FROM plan CROSS JOIN LATERAL (
    SELECT 'lead' AS role, lead AS number, 0 AS place
    UNION ALL SELECT 'lead', colead, 1 WHERE has_colead AND colead <> lead
    UNION ALL SELECT 'collaborator', collaborator, 0 WHERE collaborator NOT IN (lead, colead)) part
  JOIN agency a ON a.number = part.number
  UNION ALL
  SELECT id, 'assigner', 'UBND', 'UBND tỉnh', 0, last_day, CASE WHEN is_done THEN 'completed' ELSE 'in-progress' END,
    CASE WHEN is_done THEN fourth END, given, 5, extended::integer, fifth, 0::bit(256) FROM plan`;

/** The five versions of each task. */
const VERSIONS = `
  SELECT plan.*, v.* FROM plan CROSS JOIN LATERAL (VALUES
    (1, 'assignment', 'assigned', 0, given, second, due, 0),
    (2, 'progress', 'in-progress', 30, second, third, due, 0),
    (3, CASE WHEN extended THEN 'extension' ELSE 'progress' END, 'in-progress', 60, third, fourth, plan.last_day, extended::integer),
    (4, CASE WHEN is_done THEN 'submission' ELSE 'progress' END, CASE WHEN is_done THEN 'submitted' ELSE 'in-progress' END,
      70, fourth, fifth, plan.last_day, extended::integer),
    (5, CASE WHEN is_done THEN 'confirmation' ELSE 'progress' END, CASE WHEN is_done THEN 'completed' ELSE 'in-progress' END,
      80, fifth, NULL, plan.last_day, extended::integer)
  ) AS v (version, action, state, percent, since, until, day, times)`;

const CHANGES = `
  INSERT INTO task_change (task_id, version, action, at, subject, agency_code, state, progress_percent)
  SELECT id, version, action, since::timestamptz, 'generated', 'UBND', state, percent FROM (${VERSIONS}) versions`;

const DUE_CHANGES = `
  INSERT INTO task_due_change (task_id, version, kind, at, subject, agency_code, before, after)
  SELECT id, 1, 'set', given::timestamptz, 'generated', 'UBND', NULL,
    jsonb_build_object('date', due, 'lastDay', due, 'phrase', NULL) FROM plan
  UNION ALL
  SELECT id, 3, 'extended', third::timestamptz, 'generated', 'UBND',
    jsonb_build_object('date', due, 'lastDay', due, 'phrase', NULL),
    jsonb_build_object('date', last_day, 'lastDay', last_day, 'phrase', NULL) FROM plan WHERE extended`;

const PAST = `
  INSERT INTO task_past (id, version, valid_from, valid_to, directive_id, state, last_day, sort_day, completed_on, given_on,
    due_soon_working_days, extensions, evidence, words_signature, public_state)
  SELECT v.id, v.version, since, until, v.directive_id, v.state, day, day, NULL, given, 5, times,
    CASE WHEN v.state = 'submitted' THEN task.evidence END, task.words_signature,
    (task.public_state::jsonb || jsonb_build_object('version', v.version, 'state', v.state, 'progressPercent', percent,
      'completedOn', NULL, 'extensions', times,
      'due', (task.public_state::jsonb -> 'due') || jsonb_build_object('date', day, 'lastDay', day)))::json
  FROM (${VERSIONS}) v JOIN task ON task.id = v.id WHERE v.version < 5 AND since < until`;

const PAST_AGENCIES = `
  INSERT INTO task_past_agency (task_id, version, role, agency_code, sort_day, state, completed_on, given_on,
    due_soon_working_days, extensions, valid_from, valid_to)
  SELECT past.id, past.version, part.role, part.agency_code, past.sort_day, past.state, past.completed_on, past.given_on,
    past.due_soon_working_days, past.extensions, past.valid_from, past.valid_to
  FROM task_past past JOIN plan ON plan.id = past.id JOIN task_agency part ON part.task_id = past.id`;
