import type { Actor } from '#libs/auth';
import { type MoneyStep, problem, type Scope } from '#libs/contracts';

/** Whose work a step of the money is: codes of agencies; `owner` is the agency that the item belongs to. */
interface Right {
  scope: Scope;
  agencies: readonly string[];
}

const OWNER_AND_DEPARTMENTS: Right = { scope: 'budget:write', agencies: ['owner', 'STC', 'SKHCN'] };
const FINANCE: Right = { scope: 'budget:appraise', agencies: ['STC'] };
const COMMITTEE: Right = { scope: 'budget:approve', agencies: ['UBND'] };

/**
 * Who enters which step, beyond the scope of the token. The whole rule is this table; a token without an agency is narrowed
 * by its scopes alone.
 *
 * - The owner, Sở Tài chính and Sở KH&CN enter what is requested, the owner and Sở Tài chính what is disbursed.
 * - Sở Tài chính appraises and settles; the Provincial People's Committee approves.
 * - The Committee allocates; Sở Tài chính enters allocations for it, with the decision's number.
 */
const RIGHTS: Readonly<Record<MoneyStep, readonly [Right, ...Right[]]>> = {
  requested: [OWNER_AND_DEPARTMENTS],
  appraised: [FINANCE],
  approved: [COMMITTEE],
  allocated: [FINANCE, COMMITTEE],
  disbursed: [{ scope: 'budget:write', agencies: ['owner', 'STC'] }],
  settled: [FINANCE],
};

type Caller = Pick<Actor, 'agency' | 'has'>;

/**
 * True, so that it can stand where a permission is asked for.
 * @throws problem `insufficient-scope`, `other-agency`
 */
export function assertMayEnter(caller: Caller, step: MoneyStep, ownerCode: string | null): true {
  const rights = RIGHTS[step].filter(({ scope }) => caller.has(scope));
  if (rights.length === 0) throw problem('insufficient-scope', { scope: RIGHTS[step][0].scope });
  if (rights.some(({ agencies }) => isOneOf(caller.agency, agencies, ownerCode))) return true;
  throw problem('other-agency');
}

function isOneOf(agency: string | null, agencies: Right['agencies'], ownerCode: string | null): boolean {
  return agency === null || agencies.includes(agency) || (agencies.includes('owner') && agency === ownerCode);
}
