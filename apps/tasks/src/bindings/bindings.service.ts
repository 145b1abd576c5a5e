import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { type BoundMeasure, problem } from '#libs/contracts';
import { assertVersion, fieldProblem } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { mayAssign } from '../access/tasks-access.js';
import { TaskAgency } from '../assignments/task-agency.entity.js';
import { Task } from '../assignments/task.entity.js';
import { TasksQueries } from '../assignments/tasks.queries.js';
import { BindingLedger } from './binding-ledger.js';
import { BindingProgress } from './binding-progress.js';
import { Binding, type BindingRow } from './binding.entity.js';
import type { BindingView } from './binding.view.js';
import { progressOf, targetsOf, writtenValue } from './measure-progress.js';
import { Measures } from './measures.js';

/** Bindings of tasks to data: set and removed by the assigning side, read by whoever sees the task. */
@Injectable()
export class BindingsService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly tasks: TasksQueries,
    private readonly measures: Measures,
    private readonly ledger: BindingLedger,
    private readonly progress: BindingProgress,
    private readonly reference: ReferenceData,
  ) {}

  /** @throws problem `not-found` for a task that the actor may not see, or that is not bound */
  async read(actor: Actor, taskId: string): Promise<BindingView> {
    await this.tasks.read(actor, taskId);
    const binding = await this.transactions.manager.findOneBy(Binding, { taskId });
    if (!binding?.kind || binding.subject === null) throw problem('not-found');
    const { version, kind, subject, target, reachedOn } = binding;
    const measure = await this.measures.find(kind, subject);
    const value = measure && {
      name: measure.name,
      written: writtenValue(measure),
      percent: progressOf(measure, binding),
      at: measure.at.toISOString(),
    };
    return { version, taskId, kind, subject, target, reachedOn, value };
  }

  /**
   * Binds a task, or binds it to something else. The thing may be one that no event has told of yet.
   * @param ifMatch version of the binding; undefined: whatever is current, or none
   * @throws problem `not-found`, `other-agency`, `stale-version`, `validation-failed` for a target that the kind lacks
   */
  async bind(
    actor: Actor,
    taskId: string,
    ifMatch: number | undefined,
    measure: BoundMeasure,
  ): Promise<void> {
    this.requireTarget(measure);
    await this.change(actor, taskId, async (task, before) => {
      if (before || ifMatch !== undefined) assertVersion(before?.version ?? 0, ifMatch);
      const known = await this.measures.find(measure.kind, measure.subject);
      const description = known?.name ?? measure.subject;
      const after = { taskId, ...measure, appliedSequence: 0, reachedOn: null };
      await this.ledger.write('set', before, after, task, actor, description);
    });
    if (measure.kind === 'report-period') await this.measures.takeReports();
    await this.progress.catchUp();
  }

  /** @throws problem `not-found`, `other-agency`, `stale-version` */
  unbind(actor: Actor, taskId: string, ifMatch: number | undefined): Promise<void> {
    return this.change(actor, taskId, async (task, before) => {
      if (!before?.kind || before.subject === null) throw problem('not-found');
      assertVersion(before.version, ifMatch);
      const known = await this.measures.find(before.kind, before.subject);
      const nothing = { kind: null, subject: null, target: null, reachedOn: null };
      const after = { ...before, ...nothing };
      await this.ledger.write('removed', before, after, task, actor, known?.name ?? before.subject);
    });
  }

  private async change(
    actor: Actor,
    taskId: string,
    work: (task: Task, before: BindingRow | null) => Promise<void>,
  ): Promise<void> {
    await this.tasks.read(actor, taskId);
    await this.transactions.run(async (manager) => {
      // Two who bind an unbound task at once meet at the task's row, since there is no other yet.
      const lock = { mode: 'for_no_key_update' } as const;
      const task = await manager.findOneOrFail(Task, { where: { id: taskId }, lock });
      const assigners = await manager.findBy(TaskAgency, { taskId, role: 'assigner' });
      if (!assigners.some(({ agencyCode }) => mayAssign(actor, agencyCode))) throw problem('other-agency');
      await work(task, await manager.findOneBy(Binding, { taskId }));
    });
  }

  private requireTarget({ kind, target }: BoundMeasure): void {
    const targets = targetsOf(kind);
    if (targets === null) {
      if (target === null || this.reference.agency(target)) return;
      const texts = { vi: 'Không có cơ quan với mã này.', en: 'There is no agency with this code.' };
      throw fieldProblem({ field: 'target', code: 'unknown-agency', texts });
    }
    if (target !== null && targets.includes(target)) return;
    throw fieldProblem({ field: 'target', code: 'not-one-of', parameters: { values: targets.join(', ') } });
  }
}
