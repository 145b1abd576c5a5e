import { expect } from '@jest/globals';
import type { BudgetEstimateState, BudgetItemState } from '#libs/contracts';
import { budgetService } from '../../apps/budget/src/service.js';
import { type Answer, type Caller, DataServiceLab, itemsOf } from './data-service.js';

export const ROUND = {
  name: 'Dự toán bổ sung',
  fiscalYear: 2026,
  deadline: '2026-04-30',
  document: '634/SKHCN-CĐS',
};
export const DOCUMENT = { document: '77/STC-QLNS' };
export const DECISION = { document: '508/QĐ-UBND', date: '2026-04-20' };

/** Everybody who takes part in a round of estimates, and the ways that rounds go. */
export class RoundsLab {
  private constructor(
    readonly lab: DataServiceLab,
    readonly standingBody: Caller,
    readonly finance: Caller,
    readonly committee: Caller,
    readonly health: Caller,
    readonly schools: Caller,
    readonly commune: Caller,
  ) {}

  static async open(): Promise<RoundsLab> {
    const lab = await DataServiceLab.open('budget', budgetService);
    const base = await lab.start();
    return new RoundsLab(
      lab,
      await lab.as(base, 'SKHCN', 'budget:read', 'budget:write'),
      await lab.as(base, 'STC', 'budget:read', 'budget:write', 'budget:appraise'),
      await lab.as(base, 'UBND', 'budget:read', 'budget:approve'),
      await lab.as(base, 'SYT', 'budget:read', 'budget:write'),
      await lab.as(base, 'SGDDT', 'budget:read', 'budget:write'),
      await lab.as(base, '22333', 'budget:read', 'budget:write'),
    );
  }

  async openRound(more: object = {}): Promise<string> {
    const answer = await this.standingBody('/v1/estimate-rounds', { json: { ...ROUND, ...more } });
    expect(answer.status).toBe(201);
    return String(answer.body['id']);
  }

  async draft(who: Caller, agency: string, roundId: string, lines: object[]): Promise<string> {
    const { body } = await who('/v1/estimates', { json: { round: roundId, agency } });
    const id = String(body['id']);
    const filled = await who(`/v1/estimates/${id}/lines`, { json: { lines } });
    expect(filled.status).toBe(200);
    return id;
  }

  async submit(who: Caller, agency: string, roundId: string, lines: object[]): Promise<BudgetEstimateState> {
    const id = await this.draft(who, agency, roundId, lines);
    const answer = await who(`/v1/estimates/${id}/submission`, { json: {} });
    expect(answer.status).toBe(200);
    return answer.body as unknown as BudgetEstimateState;
  }

  /** A round with three lines, consolidated. */
  async consolidated(name: string): Promise<{ id: string; lines: string[]; estimates: string[] }> {
    const id = await this.openRound({ name });
    const one = await this.submit(this.health, 'SYT', id, [
      { name: `${name}: bệnh án`, amount: 500 },
      { name: `${name}: thiết bị`, amount: 300, source: 'administrative-reform' },
    ]);
    const other = await this.submit(this.schools, 'SGDDT', id, [
      { name: `${name}: trường học`, amount: 200 },
    ]);
    expect((await this.step(this.standingBody, id, 'consolidation')).status).toBe(200);
    const lines = [...one.lines, ...other.lines].map((line) => line.id);
    return { id, lines, estimates: [one.id, other.id] };
  }

  step(who: Caller, roundId: string, path: string, json: object = {}): Promise<Answer> {
    return who(`/v1/estimate-rounds/${roundId}/${path}`, { json });
  }

  /** What the caller may do next, and about how much. */
  async next(who: Caller, roundId: string): Promise<[string, number][]> {
    const steps = itemsOf<{ action: string; count: number }>(
      await who(`/v1/estimate-rounds/${roundId}/next`),
    );
    return steps.map(({ action, count }) => [action, count]);
  }

  appraise(lineId: string, json: object): Promise<Answer> {
    return this.finance(`/v1/estimate-lines/${lineId}/appraisal`, { json });
  }

  async itemNamed(name: string): Promise<BudgetItemState> {
    const found = await this.finance(`/v1/items?year=2026&q=${encodeURIComponent(name)}`);
    const [item] = itemsOf<BudgetItemState>(found);
    if (!item) throw new Error(`no item ${name}`);
    return item;
  }
}
