import type { QueryRunner } from 'typeorm';

/** Day in Asia/Ho_Chi_Minh of an instant. */
const dayOf = (instant: string): string => `(${instant} AT TIME ZONE 'Asia/Ho_Chi_Minh')::date`;

/**
 * Gives the tasks of an older installation what their life needs. Their past states follow from the history: until
 * now only state, progress and evidence could change.
 */
export async function backfillTaskLife(runner: QueryRunner): Promise<void> {
  await runner.query(`
    UPDATE task SET public_state = ${PUBLIC_STATE}, given_on = coalesce(assigned_on, ${dayOf('created_at')})`);
  await runner.query(`
    UPDATE task SET submitted_by = c.agency_code FROM task_change c
    WHERE c.task_id = task.id AND c.action = 'submission' AND task.state IN ('submitted', 'completed')
      AND c.version = (SELECT max(version) FROM task_change WHERE task_id = task.id AND action = 'submission')`);
  await runner.query(`
    UPDATE task SET valid_from = v.since FROM (${VERSION_DAYS}) v
    WHERE v.task_id = task.id AND v.version = task.version`);
  await runner.query(`
    UPDATE task_agency SET sort_day = task.sort_day, state = task.state, completed_on = task.completed_on,
      given_on = task.given_on, due_soon_working_days = task.due_soon_working_days, extensions = task.extensions,
      valid_from = task.valid_from
    FROM task WHERE task.id = task_agency.task_id`);
  await runner.query(`
    INSERT INTO task_due_change (task_id, version, kind, at, subject, agency_code, after)
    SELECT task.id, 1, 'set', c.at, c.subject, c.agency_code,
      jsonb_build_object('date', due_date, 'lastDay', last_day, 'phrase', due_phrase)
    FROM task JOIN task_change c ON c.task_id = task.id AND c.version = 1
    WHERE due_date IS NOT NULL OR due_phrase IS NOT NULL`);
  await runner.query(PAST_STATES);
  await runner.query(`
    INSERT INTO task_past_agency (task_id, version, role, agency_code, sort_day, state, completed_on, given_on,
      due_soon_working_days, extensions, valid_from, valid_to)
    SELECT past.id, past.version, a.role, a.agency_code, past.sort_day, past.state, past.completed_on, past.given_on,
      past.due_soon_working_days, past.extensions, past.valid_from, past.valid_to
    FROM task_past past JOIN task_agency a ON a.task_id = past.id`);
}

const AGENCIES = (role: string): string => `
  (SELECT coalesce(json_agg(json_build_object('code', a.agency_code, 'name', a.agency_name) ORDER BY a.position), '[]')
   FROM task_agency a WHERE a.task_id = task.id AND a.role = '${role}')`;

/** The public state of a row of `task` that was never split or extended. */
export const PUBLIC_STATE = `(
  SELECT json_build_object(
    'id', task.id, 'version', task.version, 'title', task.title,
    'directive', json_build_object(
      'id', d.id, 'number', d.number, 'symbol', d.symbol, 'kind', d.kind,
      'issuer', json_build_object('code', d.issuer_code, 'name', d.issuer_name),
      'issuedOn', d.issued_on, 'clause', task.clause, 'dueSoonWorkingDays', d.due_soon_working_days),
    'leads', ${AGENCIES('lead')}, 'collaborators', ${AGENCIES('collaborator')},
    'due', json_build_object(
      'date', task.due_date, 'lastDay', task.last_day, 'phrase', task.due_phrase,
      'extendable', task.extendable, 'recurrence', task.recurrence),
    'state', task.state, 'progressPercent', task.progress_percent,
    'assignedOn', task.assigned_on, 'completedOn', task.completed_on,
    'parentId', NULL, 'extensions', 0, 'extensionRequest', NULL)
  FROM directive d WHERE d.id = task.directive_id)`;

/** A task loaded at the first start was in force from its assignment, all others from when they were entered. */
const VERSION_DAYS = `
  SELECT kept.*, lead(since) OVER (PARTITION BY task_id ORDER BY version) AS next
  FROM (
    SELECT c.*, max(CASE WHEN c.version = 1 AND c.subject = 'first-start'
      THEN least(coalesce(t.assigned_on, ${dayOf('c.at')}), ${dayOf('c.at')}) ELSE ${dayOf('c.at')} END)
      OVER (PARTITION BY c.task_id ORDER BY c.version) AS since
    FROM task_change c JOIN task t ON t.id = c.task_id) kept`;

const PAST_STATES = `
  INSERT INTO task_past (id, version, valid_from, valid_to, directive_id, state, last_day, sort_day, completed_on,
    given_on, due_soon_working_days, extensions, evidence, public_state)
  SELECT task.id, v.version, v.since, v.next, task.directive_id, v.state, task.last_day, task.sort_day, NULL,
    task.given_on, task.due_soon_working_days, 0,
    CASE WHEN v.state = 'submitted' THEN v.evidence END,
    (task.public_state::jsonb || jsonb_build_object('version', v.version, 'state', v.state,
      'progressPercent', v.progress_percent, 'completedOn', NULL))::json
  FROM (${VERSION_DAYS}) v JOIN task ON task.id = v.task_id
  WHERE v.version < task.version AND v.since < v.next`;
