import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type Actor, CurrentActor, RequireAnyScope } from '#libs/auth';
import { DisplayTokens } from '../display/display-tokens.js';
import { OverviewQuery } from '../overview/overview.query.js';
import { OverviewService } from '../overview/overview.service.js';
import { ChangeStream } from './change-stream.js';

const LONGEST_EVENT_ID = 100;

@ApiTags('overview')
@Controller('ioc/v1/stream')
export class StreamController {
  constructor(
    private readonly stream: ChangeStream,
    private readonly overviews: OverviewService,
    private readonly displays: DisplayTokens,
  ) {}

  @Get()
  @RequireAnyScope('ioc:read', 'ioc:display')
  @ApiOperation({
    summary: 'The picture live, as server-sent events',
    description:
      '`snapshot` (the whole overview), then `change` (each changed section whole); `ping` every 10 s. With ' +
      '`Last-Event-ID` exactly what was missed, or once `resync` and a new snapshot.',
  })
  @ApiProduces('text/event-stream')
  @ApiHeader({ name: 'Last-Event-ID', required: false })
  open(
    @Query() { year }: OverviewQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @CurrentActor() actor: Actor,
    @Res() reply: FastifyReply,
  ): void {
    reply.hijack();
    const reader = reply.raw;
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reader.setHeader(name, value);
    reader.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // Proxies that gather an answer would hold the changes back.
      'x-accel-buffering': 'no',
    });
    reader.socket?.setNoDelay(true);
    this.displays.follow(actor, reader);
    this.stream.open(
      reader,
      year ?? this.overviews.latestBudgetYear(),
      lastEventId?.slice(0, LONGEST_EVENT_ID),
    );
  }
}
