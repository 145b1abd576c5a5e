import type { TaskLine, TasksSection } from '#libs/contracts';
import { formatCount } from '../format/numbers.js';
import { formatDay } from '../format/times.js';
import { formatDaysLeft, formatLeads } from '../format/words.js';
import type { Layout } from '../settings/sizing.js';
import { useNewcomers } from './changing.js';
import { Digits } from './digits.js';
import { Mark, TIMELINESS_LOOK } from './marks.js';
import { Panel } from './panel.js';
import { useFitting } from './use-fitting.js';

/** More rows than any screen holds; the rest is counted, not drawn. */
const MOST_ROWS = 24;

/** "Việc đỏ": what is overdue, worst first; below it how many more there are and the newest of them. */
export function RedList({ tasks, layout }: { tasks: TasksSection; layout: Layout }) {
  const overdue = tasks.overdue;
  const newcomers = useNewcomers(overdue.map(({ id }) => id));
  const [list, fitting] = useFitting<HTMLOListElement>(contentOf(overdue));
  const more = Math.max(tasks.byTimeliness.overdue, overdue.length) - Math.min(fitting, overdue.length);
  // The gateway may cut a very long list: then its last task is not the newest.
  const whole = overdue.length >= tasks.byTimeliness.overdue;
  const newest = whole && overdue.length > fitting ? overdue.at(-1) : undefined;
  // Without the headline row the title carries its figure.
  const count = layout !== 'focus' ? undefined : formatCount(tasks.byTimeliness.overdue);
  return (
    <Panel service="tasks" title="VIỆC ĐỎ" count={count} sourceTime={tasks.sourceTime} className="red-list">
      {overdue.length === 0 && <Nothing text="Không có việc quá hạn" />}
      <ol className="task-list" ref={list}>
        {overdue.slice(0, MOST_ROWS).map((task, index) => (
          <TaskRow key={task.id} task={task} shown={index < fitting} entering={newcomers.has(task.id)} />
        ))}
      </ol>
      {more > 0 && (
        <p className="more">
          + {formatCount(more)} việc khác
          {newest !== undefined && (
            <span key={newest.id} data-entering={newcomers.has(newest.id) || undefined}>
              {' '}
              · mới nhất{' '}
              <strong className="overdue">
                <Mark shape="triangle" /> {formatCount(newest.daysLate)} ngày
              </strong>{' '}
              {formatLeads(newest.leads)}: {newest.title}
            </span>
          )}
        </p>
      )}
    </Panel>
  );
}

/** What falls due next, nearest first. */
export function NextDueList({ tasks }: { tasks: TasksSection }) {
  const [list, fitting] = useFitting<HTMLOListElement>(contentOf(tasks.nextDue));
  return (
    <Panel service="tasks" title="Sắp tới hạn" sourceTime={tasks.sourceTime} className="next-due">
      {tasks.nextDue.length === 0 && <Nothing text="Không có việc nào đang chờ đến hạn" />}
      <ol className="task-list" ref={list}>
        {tasks.nextDue.slice(0, MOST_ROWS).map((task, index) => (
          <TaskRow key={task.id} task={task} shown={index < fitting} entering={false} />
        ))}
      </ol>
    </Panel>
  );
}

function TaskRow({ task, shown, entering }: { task: TaskLine; shown: boolean; entering: boolean }) {
  const { tone, shape } = TIMELINESS_LOOK[task.timeliness];
  return (
    <li className="task" data-shown={shown} data-entering={entering || undefined} aria-hidden={!shown}>
      <p className="task-head">
        <strong className={`days ${tone}`}>
          <Mark shape={shape} />{' '}
          {task.daysLate > 0 ? (
            <>
              <Digits text={formatCount(task.daysLate)} /> <span className="unit">ngày</span>
            </>
          ) : (
            <Digits text={formatDaysLeft(task)} />
          )}
        </strong>
        <strong className="leads">{formatLeads(task.leads)}</strong>
        <span className="due">
          <Digits text={formatDay(task.lastDay)} />
        </span>
      </p>
      <p className="task-title">
        {!task.extendable && <span className="no-extension">không gia hạn</span>}
        {task.title}
      </p>
    </li>
  );
}

function Nothing({ text }: { text: string }) {
  return (
    <p className="nothing on-track">
      <Mark shape="dot" /> {text}
    </p>
  );
}

function contentOf(tasks: readonly TaskLine[]): string {
  return tasks
    .slice(0, MOST_ROWS)
    .map((task) => `${task.id} ${task.daysLate} ${task.title}`)
    .join('\n');
}
