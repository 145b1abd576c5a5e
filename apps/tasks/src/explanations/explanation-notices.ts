import { Injectable } from '@nestjs/common';
import type { ExplanationEventState } from '#libs/contracts';
import { Notices } from '../notices/notices.js';
import type { NoticeKind } from '../notices/notice.entity.js';
import type { Recipient } from '../notices/recipients.js';
import { writtenDay } from '../reminders/task-texts.js';

/** Where the requester's answers go when an actor of no agency asked: the office that follows the agencies. */
const FOLLOWING_OFFICE = 'VPUBND';

/** What agencies are told about requests for explanation. All inside the transaction of their cause. */
@Injectable()
export class ExplanationNotices {
  constructor(private readonly notices: Notices) {}

  requested(state: ExplanationEventState): Promise<boolean> {
    return this.give(state, 'explanation-request', 'requested', {
      recipients: owing(state, ['desk', 'head']),
      title: `Yêu cầu giải trình: ${state.title}`,
      text: [
        `Nội dung yêu cầu: ${state.reason}`,
        `Thời hạn trả lời: hết ngày ${writtenDay(state.lastDay)}`,
        'Đề nghị cơ quan chủ trì gửi giải trình trên hệ thống.',
      ],
    });
  }

  /** @param code agency that answered */
  answered(state: ExplanationEventState, code: string): Promise<boolean> {
    const answer = state.answers.find(({ agency }) => agency.code === code);
    return this.give(state, 'explanation-answer', `answered/${code}`, {
      recipients: [{ agency: state.requester ?? FOLLOWING_OFFICE, role: 'desk' }],
      title: `${answer?.agency.name ?? code} đã giải trình: ${state.title}`,
      text: [answer?.text ?? ''],
    });
  }

  withdrawn(state: ExplanationEventState, reason: string): Promise<boolean> {
    return this.give(state, 'explanation-withdrawal', 'withdrawn', {
      recipients: owing(state, ['desk', 'head']),
      title: `Rút yêu cầu giải trình: ${state.title}`,
      text: [`Lý do: ${reason}`],
    });
  }

  /** @param step of the calendar of reminders @param distance "còn 1 ngày làm việc", "quá hạn 3 ngày" */
  reminder(state: ExplanationEventState, step: string, distance: string): Promise<boolean> {
    return this.give(state, 'explanation-reminder', `${state.lastDay}/${step}`, {
      recipients: owing(state, ['desk', 'head']),
      title: `Nhắc giải trình (${distance}): ${state.title}`,
      text: [
        `Nội dung yêu cầu: ${state.reason}`,
        `Thời hạn trả lời: hết ngày ${writtenDay(state.lastDay)} (${distance})`,
      ],
    });
  }

  private give(
    { id, taskId }: ExplanationEventState,
    kind: NoticeKind,
    occasion: string,
    { text, ...content }: { recipients: Recipient[]; title: string; text: string[] },
  ): Promise<boolean> {
    return this.notices.give({
      cause: `explanation/${id}/${occasion}`,
      kind,
      about: { taskId, explanationId: id },
      text: text.join('\n'),
      ...content,
    });
  }
}

/** Agencies that have not answered yet. */
function owing({ answers }: ExplanationEventState, roles: Recipient['role'][]): Recipient[] {
  return answers
    .filter(({ answeredOn }) => answeredOn === null)
    .flatMap(({ agency }) => roles.map((role) => ({ agency: agency.code ?? '', role })));
}
