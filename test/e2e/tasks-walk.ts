import type { TaskItem } from '../../apps/tasks/src/assignments/task-state.js';
import type { Answer, Request } from './tasks-harness.js';

type Send = (path: string, request?: Request) => Promise<Answer>;

/** Numbers that look random and are the same in every run (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const LEADS = ['STC', 'SNV', 'SXD', 'STP', 'CAT', 'SKHCN', 'CSBN'];

/** Does what officers do with tasks, at random; what is refused is refused, and all that counts is what is then read. */
export class RandomOfficers {
  /** How often each action succeeded. */
  readonly done = new Map<string, number>();

  constructor(
    private readonly send: Send,
    private readonly random: () => number,
    private readonly today: () => string,
  ) {}

  async act(): Promise<void> {
    const items = (await this.send('/v1/tasks?limit=500')).body['items'] as TaskItem[];
    const task = this.pick(items);
    const actions = [
      () => this.assign(),
      () => this.split(task),
      () => this.onTask('progress', task, { percent: Math.floor(this.random() * 100) }, 'lead'),
      () => this.onTask('submission', task, { evidence: this.evidence() }, 'lead'),
      () => this.onTask('confirmation', task, {}),
      () => this.onTask('return', task, { reason: 'Thiếu' }),
      () => this.onTask('suspension', task, { reason: 'Chờ' }),
      () => this.onTask('resumption', task, {}),
      () => this.random() < 0.3 && this.onTask('cancellation', task, { ground: 'Bãi bỏ' }),
      () => this.onTask('extension-requests', task, { date: this.day(20), reason: 'Xin thêm' }, 'lead'),
      () => this.answerRequest(items),
      () => this.onTask('extension', task, { date: this.day(25), document: this.document() }),
      () => this.onTask('due-correction', task, { date: this.day(10), reason: 'Nhập sai' }),
      () => this.random() < 0.2 && this.changeThreshold(task),
    ];
    // Submitted ones are rare among all: look for one half of the time.
    const submitted = items.filter(({ state }) => state === 'submitted');
    if (submitted.length > 0 && this.random() < 0.3) {
      const one = this.pick(submitted);
      await (this.random() < 0.6
        ? this.onTask('confirmation', one, {})
        : this.onTask('return', one, { reason: 'Thiếu' }));
      return;
    }
    await this.pick(actions)();
  }

  private async assign(): Promise<void> {
    const directives = (await this.send('/v1/directives?limit=50')).body['items'] as { id: string }[];
    const json = {
      directiveId: this.pick(directives).id,
      title: `Việc số ${Math.floor(this.random() * 1_000)}`,
      leads: this.leads(),
      ...(this.random() < 0.85 && { due: { date: this.day(20) } }),
    };
    this.count('assign', await this.send('/v1/tasks', { agency: 'UBND', json }));
  }

  private async split(task: TaskItem): Promise<void> {
    const part = () => ({
      title: `Phần số ${Math.floor(this.random() * 1_000)}`,
      leads: this.leads(),
      ...(this.random() < 0.5 && { due: { date: this.day(10) } }),
    });
    const children = Array.from({ length: 1 + Math.floor(this.random() * 3) }, part);
    await this.onTask('split', task, { children }, this.random() < 0.7 ? 'lead' : undefined);
  }

  private async answerRequest(items: readonly TaskItem[]): Promise<void> {
    const waiting = items.filter((item) => item.extensionRequest !== null);
    if (waiting.length === 0) return;
    const task = this.pick(waiting);
    const path = `extension-requests/${task.extensionRequest?.id ?? ''}`;
    await (this.random() < 0.6
      ? this.onTask(`${path}/grant`, task, { document: this.document() })
      : this.onTask(`${path}/refusal`, task, { reason: 'Không đủ căn cứ' }));
  }

  private async changeThreshold({ directive }: TaskItem): Promise<void> {
    const json = { dueSoonWorkingDays: Math.floor(this.random() * 12) };
    const path = `/v1/directives/${directive.id}`;
    this.count('threshold', await this.send(path, { agency: 'UBND', method: 'PATCH', json }));
  }

  private async onTask(action: string, task: TaskItem, json: object, by?: 'lead'): Promise<void> {
    const lead = task.leads[0]?.code ?? 'SKHCN';
    const agency = by === undefined ? 'UBND' : lead === 'CSBN' ? 'SKHCN' : lead;
    const name = action.replace(/\/[^/]*\//, ' ');
    this.count(name, await this.send(`/v1/tasks/${task.id}/${action}`, { agency, json }));
  }

  private count(name: string, { status, body }: Answer): void {
    if (status >= 500) throw new Error(`${name}: ${status} ${JSON.stringify(body)}`);
    if (status < 300) this.done.set(name, (this.done.get(name) ?? 0) + 1);
  }

  private leads(): string[] {
    return [...new Set([this.pick(LEADS), ...(this.random() < 0.2 ? [this.pick(LEADS)] : [])])];
  }

  private evidence(): object {
    return { documentNumber: '1/BC', date: this.random() < 0.5 ? this.today() : null };
  }

  private document(): object {
    return { number: '2/UBND', date: this.today() };
  }

  /** Up to so many days after today, sometimes before. */
  private day(span: number): string {
    const days = Math.floor(this.random() * span) - 3;
    return new Date(Date.parse(this.today()) + days * 86_400_000).toISOString().slice(0, 10);
  }

  private pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.random() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }
}
