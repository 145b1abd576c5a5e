import type { Standing } from '#libs/calendar';
import {
  type OpenExtensionRequest,
  type Recurrence,
  TASK_STATES,
  type TaskDirective,
  type TaskDue,
  type TaskState,
  TIMELINESS,
  type Timeliness,
} from '#libs/contracts';
import {
  AgencyView,
  BooleanField,
  DateField,
  EnumField,
  InstantField,
  IntegerField,
  kinds,
  ListField,
  ObjectField,
  TextField,
  UrlField,
  UuidField,
} from '#libs/http';
import { NamedDirectiveView } from '../directives/directive.view.js';
import { DueChangeView, ExtensionRequestView } from '../due-dates/due-date.view.js';
import type { DueChangeLine, ExtensionRequestLine } from '../due-dates/due-lines.js';
import type { Evidence } from './task.entity.js';
import { TASK_ACTIONS } from './task-lifecycle.js';
import type { ChildrenSummary, HistoryLine, TaskDetail, TaskItem } from './task-state.js';

export class TaskDirectiveView extends NamedDirectiveView implements TaskDirective {
  @TextField({ description: 'Place in the directive', max: 100, nullable: true })
  clause: string | null;

  @IntegerField({ description: 'Threshold of "due soon", working days', min: 0, max: 60 })
  dueSoonWorkingDays: number;
}

export class StandingView implements Standing {
  @EnumField(TASK_STATES, { description: 'State' })
  state: TaskState;

  @EnumField(TIMELINESS, { description: 'How it stands on the day' })
  timeliness: Timeliness;
}

export class ChildrenView implements ChildrenSummary {
  @IntegerField({ description: 'Parts of this task itself, cancelled ones included', min: 1 })
  count: number;

  @ObjectField(() => StandingView, { description: 'The worst of them and of the parts they were split into' })
  worst: StandingView;
}

export class OpenExtensionRequestView implements OpenExtensionRequest {
  @UuidField({ description: 'Identifier' })
  id: string;

  @DateField({ description: 'Last day that is asked for' })
  lastDay: string;

  @DateField({ description: 'Day on which it was asked' })
  askedOn: string;
}

export class RecurrenceView implements Recurrence {
  @EnumField(['week', 'month', 'quarter', 'year'], { description: 'Unit of time' })
  unit: Recurrence['unit'];

  @IntegerField({ description: 'Units from one time to the next', min: 1 })
  interval: number;

  @IntegerField({ description: 'Day of the month as written', min: 1, max: 31, nullable: true })
  day: number | null;

  @IntegerField({
    description: 'Last day of the month that is in time; 0: of the month before',
    min: 0,
    max: 31,
    nullable: true,
  })
  lastDay: number | null;
}

export class DueView implements TaskDue {
  @DateField({ description: 'Date as written', nullable: true })
  date: string | null;

  @DateField({ description: 'Last day that is in time', nullable: true })
  lastDay: string | null;

  @TextField({ description: 'Words of the directive', max: 500, nullable: true })
  phrase: string | null;

  @BooleanField({ description: 'False: no further extension' })
  extendable: boolean;

  @ObjectField(() => RecurrenceView, { description: 'Set for a duty that comes again', nullable: true })
  recurrence: RecurrenceView | null;
}

/** A task in a list. */
export class TaskItemView implements TaskItem {
  @UuidField({ description: 'Identifier' })
  id: string;

  @IntegerField({ description: 'Version, for If-Match', min: 1 })
  version: number;

  @TextField({ description: 'What is to be done', max: 500 })
  title: string;

  @ObjectField(() => TaskDirectiveView, { description: 'Directive and clause that assign it' })
  directive: TaskDirectiveView;

  @ListField(kinds.object(() => AgencyView), { description: 'Lead, or co-leads', max: 100 })
  leads: AgencyView[];

  @ListField(kinds.object(() => AgencyView), { description: 'Collaborating agencies', max: 100 })
  collaborators: AgencyView[];

  @ObjectField(() => DueView, { description: 'Due date; all null when the directive sets none' })
  due: DueView;

  @EnumField(TASK_STATES, { description: 'State' })
  state: TaskState;

  @EnumField(TIMELINESS, { description: 'How it stands today; computed when read' })
  timeliness: Timeliness;

  @IntegerField({ description: 'Progress as last reported, percent', min: 0, max: 100 })
  progressPercent: number;

  @DateField({ description: 'Day from which it is assigned; null = not determined', nullable: true })
  assignedOn: string | null;

  @DateField({ description: 'Day of the confirmed evidence', nullable: true })
  completedOn: string | null;

  @UuidField({ description: 'The task that it was split off', nullable: true })
  parentId: string | null;

  @IntegerField({ description: 'How often the due date was extended', min: 0 })
  extensions: number;

  @ObjectField(() => OpenExtensionRequestView, {
    description: 'The request for more time that waits for an answer',
    nullable: true,
  })
  extensionRequest: OpenExtensionRequestView | null;

  @ObjectField(() => ChildrenView, { description: 'Its parts; null when it was not split', nullable: true })
  children: ChildrenView | null;
}

/** A split task and its new parts. */
export class SplitTaskView {
  @ObjectField(() => TaskItemView, { description: 'The task that was split' })
  whole: TaskItem;

  @ListField(kinds.object(() => TaskItemView), { description: 'The new parts, in the order given', max: 100 })
  children: TaskItem[];
}

export class EvidenceView implements Evidence {
  @TextField({ description: 'Number and symbol of the document', max: 100, nullable: true })
  documentNumber: string | null;

  @DateField({ description: 'Day of the document', nullable: true })
  date: string | null;

  @UrlField({ description: 'Where it can be read', nullable: true })
  link: string | null;

  @TextField({ description: 'Remark', max: 4_000, nullable: true })
  note: string | null;

  @DateField({ description: 'Day on which it was handed in' })
  submittedOn: string;
}

export class HistoryLineView implements HistoryLine {
  @IntegerField({ description: 'Version after the change', min: 1 })
  version: number;

  @EnumField(['assignment', ...TASK_ACTIONS], { description: 'What was done' })
  action: HistoryLine['action'];

  @InstantField({ description: 'When' })
  at: string;

  @TextField({
    description: 'Code of the agency that did it; null for an actor of no agency',
    max: 64,
    nullable: true,
  })
  agency: string | null;

  @EnumField(TASK_STATES, { description: 'State after the change' })
  state: TaskState;

  @IntegerField({ description: 'Progress after the change, percent', min: 0, max: 100 })
  progressPercent: number;

  @TextField({ description: 'Note, reason or ground', max: 4_000, nullable: true })
  note: string | null;

  @ObjectField(() => EvidenceView, { description: 'Evidence handed in', nullable: true })
  evidence: Evidence | null;
}

/** A task read alone. */
export class TaskDetailView extends TaskItemView implements TaskDetail {
  @TextField({ description: 'Details', max: 4_000, nullable: true })
  description: string | null;

  @ObjectField(() => EvidenceView, {
    description: 'Evidence that waits for an answer, or was confirmed',
    nullable: true,
  })
  evidence: Evidence | null;

  @ListField(kinds.object(() => HistoryLineView), {
    description: 'Everything that was done to it, oldest first',
    max: 10_000,
  })
  history: HistoryLine[];

  @ListField(kinds.object(() => DueChangeView), {
    description: 'How the due date came about, oldest first',
    max: 10_000,
  })
  dueHistory: DueChangeLine[];

  @ListField(kinds.object(() => ExtensionRequestView), {
    description: 'What the leads asked for, oldest first',
    max: 10_000,
  })
  extensionRequests: ExtensionRequestLine[];
}
