import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '#libs/calendar';
import type { OpenExtensionRequest } from '#libs/contracts';
import { problem } from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import type { TaskRow } from '../assignments/task.entity.js';
import type { Author } from '../assignments/task-ledger.js';
import { taskProblem } from '../problems.js';
import { ExtensionRequest } from './extension-request.entity.js';

/** The day that a request asks for, and why. */
export interface AskedDay {
  date: string;
  lastDay: string;
  reason: string;
}

export interface Decision {
  kind: 'granted' | 'refused';
  author: Author;
  reason: string | null;
}

/** The requests for more time, within the transaction that has locked their task. */
@Injectable()
export class ExtensionRequests {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `extension-request-waits` while another one is unanswered */
  ask(task: TaskRow, author: Author, asked: AskedDay): OpenExtensionRequest {
    const waiting = task.publicState.extensionRequest;
    if (waiting) throw taskProblem('extension-request-waits', { askedOn: waiting.askedOn });
    const request: ExtensionRequest = {
      id: uuidv7(),
      taskId: task.id,
      dueDate: asked.date,
      lastDay: asked.lastDay,
      reason: asked.reason,
      askedVersion: task.version + 1,
      askedAt: this.clock.now(),
      askedOn: this.clock.today(),
      askedBy: author.agency,
      askedSubject: author.subject,
      decision: null,
      decidedVersion: null,
      decidedAt: null,
      decidedBy: null,
      decidedSubject: null,
      decisionReason: null,
    };
    this.transactions.insert(ExtensionRequest, request);
    return { id: request.id, lastDay: request.lastDay, askedOn: request.askedOn };
  }

  /** @throws problem `not-found` for a request of another task, `extension-request-decided` */
  async requireOpen(task: TaskRow, requestId: string): Promise<ExtensionRequest> {
    const { manager } = this.transactions;
    const request = await manager.findOneBy(ExtensionRequest, { id: requestId, taskId: task.id });
    if (!request) throw problem('not-found');
    if (request.decision !== null) throw taskProblem('extension-request-decided');
    return request;
  }

  decide(task: TaskRow, requestId: string, { kind, author, reason }: Decision): void {
    this.close(task, requestId, kind, author, reason);
  }

  /** The task is handed in or cancelled, or got more time without being asked: the question is no longer open. */
  lapse(task: TaskRow): void {
    const waiting = task.publicState.extensionRequest;
    if (waiting) this.close(task, waiting.id, 'lapsed', null, null);
  }

  private close(
    task: TaskRow,
    id: string,
    decision: 'granted' | 'refused' | 'lapsed',
    author: Author | null,
    reason: string | null,
  ): void {
    const { manager } = this.transactions;
    const decided = {
      decision,
      decidedVersion: task.version + 1,
      decidedAt: this.clock.now(),
      decidedBy: author?.agency ?? null,
      decidedSubject: author?.subject ?? null,
      decisionReason: reason,
    };
    const open = { id, decision: IsNull() };
    this.transactions.send(manager.createQueryBuilder().update(ExtensionRequest).set(decided).where(open));
  }
}
