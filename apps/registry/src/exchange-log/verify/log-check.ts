import { beginning } from './canonical.js';
import { FileCheck } from './file-check.js';
import { type Fault, fault } from './faults.js';
import { linesOf } from './lines.js';
import type { TrustedKeys } from './trusted-keys.js';

/** A record known from elsewhere: from a checkpoint, or from the events of `exchange-standing` on the bus. */
export interface KnownHead {
  sequence: number;
  hash: string;
}

export interface LogResult {
  /** By file, in the order of the records. */
  files: { name: string; faults: Fault[] }[];
  log: string;
  firstSequence: number;
  lastSequence: number;
  hash: string;
}

/** Checks the copies of one log: each file for itself, then whether one continues the other, then the known head. */
export async function checkLog(
  names: readonly string[],
  keys: TrustedKeys,
  head: KnownHead | null,
): Promise<LogResult> {
  const ordered = await inOrder(names);
  const interesting = new Map<number, string | null>();
  for (const { first } of ordered) interesting.set(first - 1, null);
  if (head) interesting.set(head.sequence, null);

  const checks: { name: string; check: FileCheck }[] = [];
  for (const { name } of ordered) {
    const check = new FileCheck(keys, (sequence, hash) => {
      if (interesting.has(sequence)) interesting.set(sequence, hash);
    });
    for await (const line of linesOf(name)) check.take(line);
    check.end();
    checks.push({ name, check });
  }
  for (const [index, { check }] of checks.entries()) {
    addBoundaryFaults(
      check,
      checks.slice(0, index).map((one) => one.check),
      interesting,
    );
  }
  const last = checks.at(-1)!.check;
  if (head) {
    const before = checks.find(({ check }) => check.opening?.firstSequence === head.sequence + 1);
    const found = interesting.get(head.sequence) ?? before?.check.opening?.previousHash ?? null;
    addHeadFaults(last, head, found);
  }
  return {
    files: checks.map(({ name, check: { faults } }) => ({ name, faults: faults.sort(bySequence) })),
    log: last.opening?.log ?? '',
    firstSequence: checks[0]?.check.opening?.firstSequence ?? 0,
    lastSequence: last.lastSequence,
    hash: last.hash,
  };
}

/** Files by their first record, as their opening lines say; whether these are genuine is checked later. */
async function inOrder(names: readonly string[]): Promise<{ name: string; first: number }[]> {
  const files = await Promise.all(
    names.map(async (name) => {
      for await (const line of linesOf(name)) return { name, first: firstOf(line) };
      return { name, first: 0 };
    }),
  );
  return files.sort((a, b) => a.first - b.first);
}

function firstOf(line: string): number {
  try {
    const { file } = JSON.parse(line) as { file?: { firstSequence?: number } };
    return file?.firstSequence ?? 0;
  } catch {
    return 0;
  }
}

/** A file must begin with what the files before it end with, or hold; the first record of all with the log itself. */
function addBoundaryFaults(
  { opening, faults }: FileCheck,
  before: readonly FileCheck[],
  hashes: ReadonlyMap<number, string | null>,
): void {
  if (!opening) return;
  const { firstSequence: first, previousHash, log } = opening;
  if (first === 1 && previousHash !== beginning(log)) faults.push(fault('files-do-not-fit', 1));
  const reached = Math.max(0, ...before.map(({ lastSequence }) => lastSequence));
  if (before.length === 0) return;
  const other = before.find((one) => one.opening && one.opening.log !== log);
  if (other) faults.push(fault('other-log', first, { log }));
  else if (first > reached + 1) faults.push(fault('records-missing', reached + 1, { last: first - 1 }));
  else if ((hashes.get(first - 1) ?? previousHash) !== previousHash)
    faults.push(fault('files-do-not-fit', first));
}

function addHeadFaults({ lastSequence, faults }: FileCheck, head: KnownHead, found: string | null): void {
  if (head.sequence > lastSequence)
    faults.push(fault('head-not-reached', lastSequence + 1, { last: head.sequence }));
  else if (found === null) faults.push(fault('head-not-covered', head.sequence));
  else if (found !== head.hash) faults.push(fault('head-differs', head.sequence));
}

function bySequence(a: Fault, b: Fault): number {
  return a.sequence - b.sequence;
}
