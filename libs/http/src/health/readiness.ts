import type { ReadinessCheck } from '#libs/contracts';

export interface CheckResult {
  name: string;
  state: 'up' | 'down';
  /** When the part was last used with success, ISO 8601 UTC; null before the first time. */
  lastUsedAt: string | null;
}

export interface ReadinessReport {
  ready: boolean;
  checks: CheckResult[];
}

/** Longest time a check may take, in milliseconds. */
const TIMEOUT = 2_000;
/** Time for which a report is good, in milliseconds: a service must not be kept busy by those who ask how it is. */
const CACHE = 1_000;

/** Tells whether a service can do its work: each of its parts has really been used just now. */
export class Readiness {
  private readonly lastUsed = new Map<string, string>();
  private report: { at: number; value: Promise<ReadinessReport> } | undefined;
  private stopping = false;

  constructor(
    /** Asked anew each time: parts may be made after this. */
    private readonly checks: () => readonly ReadinessCheck[],
    private readonly onFailure: (name: string, error: unknown) => void,
  ) {}

  /** From here on the service is not ready: no new work should be sent to it. */
  stop(): void {
    this.stopping = true;
  }

  read(): Promise<ReadinessReport> {
    if (this.stopping) return Promise.resolve({ ready: false, checks: [] });
    const now = performance.now();
    if (!this.report || now - this.report.at > CACHE) this.report = { at: now, value: this.runAll() };
    return this.report.value;
  }

  private async runAll(): Promise<ReadinessReport> {
    const checks = await Promise.all(this.checks().map((check) => this.run(check)));
    return { ready: checks.every(({ state }) => state === 'up'), checks };
  }

  private async run(check: ReadinessCheck): Promise<CheckResult> {
    const { name } = check;
    let state: CheckResult['state'] = 'up';
    try {
      await withTimeout(check.check());
      this.lastUsed.set(name, new Date().toISOString());
    } catch (error) {
      state = 'down';
      this.onFailure(name, error);
    }
    return { name, state, lastUsedAt: this.lastUsed.get(name) ?? null };
  }
}

async function withTimeout(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${TIMEOUT} ms`));
    }, TIMEOUT);
  });
  try {
    await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
