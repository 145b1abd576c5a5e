import { canonical, nextHash, sha256 } from '../../apps/registry/src/exchange-log/verify/canonical.js';

export function lines(text: string): string[] {
  return text.trimEnd().split('\n');
}

export function text(of: readonly string[]): string {
  return `${of.join('\n')}\n`;
}

export function recordOf(line: string): { sequence: number } | undefined {
  return (JSON.parse(line) as { record?: { sequence: number } }).record;
}

/** All records from one on with a changed purpose and hashes that fit each other. */
export function rewrite(of: readonly string[], from: number): string[] {
  let previous = '';
  return of.map((line) => {
    const parsed = JSON.parse(line) as { hash: string; previous: string; record?: Record<string, unknown> };
    if (!parsed.record) return line;
    if ((parsed.record['sequence'] as number) >= from) {
      if (parsed.record['sequence'] === from) parsed.record['purpose'] = 'Mục đích khác';
      parsed.previous = previous || parsed.previous;
      parsed.hash = nextHash(parsed.previous, sha256(canonical(parsed.record)));
    }
    previous = parsed.hash;
    return canonical(parsed);
  });
}
