import type { TransactionScope } from '#libs/persistence';
import type { DirectiveRow } from './directive.entity.js';

/** As text and prepared: this stands before every new task, and building it took longer than running it. */
const READ = `
  SELECT id, version, number, symbol, kind, issuer_code AS "issuerCode", issuer_name AS "issuerName",
    issued_on::text AS "issuedOn", meeting_on::text AS "meetingOn", subject,
    due_soon_working_days AS "dueSoonWorkingDays", search_text AS "searchText", created_at AS "createdAt"
  FROM directive WHERE id = $1 FOR SHARE`;

/**
 * A directive that a task is to be assigned by; null when there is none. Its threshold must not change before the task
 * that takes it over is there; the foreign key locks it anyway. Inside `run` only.
 */
export async function readDirective(
  transactions: TransactionScope,
  id: string,
): Promise<DirectiveRow | null> {
  const [directive] = await transactions.execute<DirectiveRow>('read-directive', READ, [id]);
  return directive ?? null;
}
