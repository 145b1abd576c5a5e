import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { TransactionScope } from '#libs/persistence';
import { Task } from '../assignments/task.entity.js';
import { TasksService } from '../assignments/tasks.service.js';
import { REMINDED_STATES } from '../reminders/reminded-states.js';
import { BindingLedger } from './binding-ledger.js';
import { Binding, type BindingRow } from './binding.entity.js';
import { Measure } from './measure.entity.js';
import { progressOf, writtenValue } from './measure-progress.js';

/** Who reports the progress of bound tasks, in their history: the system itself, which belongs to no agency. */
export const DATA_BINDING = new Actor('data-binding', 'tasks', null, new Set());

/** SQL: bindings whose measure has a newer value than the task's progress was taken from, and that may be changed. */
const BEHIND = `
  SELECT binding.task_id AS id FROM task_binding binding
  JOIN measure ON measure.kind = binding.kind AND measure.subject = binding.subject
  JOIN task ON task.id = binding.task_id
  WHERE measure.sequence > binding.applied_sequence AND task.state = ANY($1)`;

/** Takes the progress of bound tasks from their measures: an ordinary report of progress, made by the system. */
@Injectable()
export class BindingProgress implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Bindings');
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly transactions: TransactionScope,
    private readonly tasks: TasksService,
    private readonly ledger: BindingLedger,
    private readonly clock: Clock,
  ) {}

  /** Does what is to be done, without waiting for it. */
  catchUpSoon(): void {
    this.running = this.running.then(() =>
      this.catchUp().catch((error: unknown) => {
        this.logger.warn({ message: 'bound tasks are brought up to date by the next round', err: error });
      }),
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.running;
  }

  /** Brings every bound task up to date that is behind and may be changed; suspended ones wait until they are resumed. */
  async catchUp(): Promise<void> {
    const behind: { id: string }[] = await this.transactions.manager.query(BEHIND, [REMINDED_STATES]);
    for (const { id } of behind) {
      try {
        await this.transactions.run(() => this.apply(id));
      } catch (error) {
        this.logger.warn({ message: 'a bound task could not be brought up to date', task: id, err: error });
      }
    }
  }

  /** The task is locked first, as everywhere, so that a value is taken once, whichever replica is quicker. */
  private async apply(taskId: string): Promise<void> {
    const { manager } = this.transactions;
    const lock = { mode: 'for_no_key_update', onLocked: 'skip_locked' } as const;
    const task = await manager.findOne(Task, { where: { id: taskId }, lock });
    const binding: BindingRow | null = await manager.findOneBy(Binding, { taskId });
    if (!task || !binding?.kind || binding.subject === null) return;
    if (!REMINDED_STATES.includes(task.state)) return;
    const { kind, subject } = binding;
    const measure = await manager.findOneBy(Measure, { kind, subject });
    if (!measure || measure.sequence <= binding.appliedSequence) return;

    await manager.update(Binding, { taskId }, { appliedSequence: measure.sequence });
    const percent = progressOf(measure, binding);
    if (percent === null) return;
    const value = writtenValue(measure);
    if (task.progressPercent !== percent) {
      const note = `Theo số liệu: ${measure.name} – ${value}`;
      await this.tasks.act(DATA_BINDING, taskId, undefined, 'progress', { progressPercent: percent, note });
    }
    if (percent === 100 && binding.reachedOn === null) {
      const reached = { ...binding, appliedSequence: measure.sequence, reachedOn: this.clock.today() };
      await this.ledger.reached(reached, task, `${measure.name} – ${value}`);
    }
  }
}
