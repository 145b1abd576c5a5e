import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Actor } from '#libs/auth';
import { type CursorQuery, decodeCursor, type Page, toPage } from '#libs/http';
import { TasksQueries } from '../assignments/tasks.queries.js';
import { type TimelineEntry, TimelineSource } from './timeline-source.js';

/** Everything that happened to a task, of all sources, in one order. */
@Injectable()
export class Timeline {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly tasks: TasksQueries,
  ) {}

  /** Oldest first. @throws problem `not-found`, also for a task that the actor may not see */
  async of(actor: Actor, taskId: string, { limit, cursor }: CursorQuery): Promise<Page<TimelineEntry>> {
    const filters = { taskId };
    const after = decodeCursor<[string, string, string]>(cursor, filters, ['instant', 'text', 'text']);
    await this.tasks.read(actor, taskId);
    const entries = await Promise.all(this.sources().map((source) => source.entriesOf(taskId, actor)));
    const ordered = entries
      .flat()
      .sort((one, other) => compare(positionOf(one), positionOf(other)))
      .filter((entry) => !after || compare(positionOf(entry), after) > 0);
    return toPage(ordered.slice(0, limit + 1), limit, positionOf, filters);
  }

  private sources(): TimelineSource[] {
    const instances = this.discovery.getProviders().map(({ instance }: { instance: unknown }) => instance);
    return [...new Set(instances)].filter((instance) => instance instanceof TimelineSource);
  }
}

function positionOf({ at, source, reference }: TimelineEntry): [string, string, string] {
  return [at, source, reference];
}

function compare(one: readonly string[], other: readonly string[]): number {
  for (const [index, part] of one.entries()) {
    const counterpart = other[index] ?? '';
    if (part !== counterpart) return part < counterpart ? -1 : 1;
  }
  return 0;
}
