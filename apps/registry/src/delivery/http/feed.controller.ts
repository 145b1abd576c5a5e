import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { UuidParam } from '#libs/http';
import { GrantAccess } from '../sources/grant-access.js';
import { ChangesAnswer } from './changes-answer.js';
import { ChangesStream } from './changes-stream.js';
import { FeedQuery } from './feed.requests.js';
import { FeedChangesView } from './feed.view.js';
import { Feeds, type OpenFeed } from './feeds.js';

const NDJSON = 'application/x-ndjson';

@ApiTags('feeds')
@Controller('v1/feeds')
export class FeedController {
  constructor(
    private readonly access: GrantAccess,
    private readonly feeds: Feeds,
    private readonly answer: ChangesAnswer,
    private readonly stream: ChangesStream,
  ) {}

  @Get(':grant/changes')
  @RequireScopes('sharing:request')
  @ApiOperation({
    summary: 'The events of a grant: the current state of everything first, then every change',
    description:
      'For the receiver alone. JSON: up to `limit` events, at once or after `wait` seconds at most. ' +
      `\`Accept: ${NDJSON}\`: a stream without end, one event a line, empty lines as a sign of life. ` +
      'Each event has a `cursor`; whoever comes back with it as `after` gets what followed. `start` (in NDJSON the ' +
      'header `IOC-Feed-Start`): `state`, `resumed`, or `restarted` when the position is no more and the state comes again.',
  })
  @ApiProduces('application/json', NDJSON)
  @ApiHeader({ name: 'Accept', required: false })
  @ApiOkResponse({ type: FeedChangesView })
  async changes(
    @CurrentActor() actor: Actor,
    @UuidParam('grant', 'Grant') grantId: string,
    @Query() query: FeedQuery,
    @Headers('accept') accept: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const attempt = { actor, grantId, attempted: `${request.method} ${request.url}` };
    const grant = await this.access.live(attempt, ['query', 'sync']);
    const feed = await this.feeds.open(grant, query.after);
    try {
      if (accept?.includes(NDJSON)) await this.stream.run(feed, beginStream(feed, reply));
      else await this.answer.give(feed, query, attempt, reply);
    } finally {
      await feed.close();
    }
  }
}

/** Headers go out at once, so that the reader knows that it is heard while there is no event. */
function beginStream({ reader }: OpenFeed, reply: FastifyReply): FastifyReply['raw'] {
  reply.hijack();
  const response = reply.raw;
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) response.setHeader(name, value);
  }
  response.writeHead(200, {
    'content-type': `${NDJSON}; charset=utf-8`,
    'cache-control': 'no-store',
    // Proxies that gather an answer would hold the events back.
    'x-accel-buffering': 'no',
    'ioc-feed-start': reader.start,
  });
  response.flushHeaders();
  response.socket?.setNoDelay(true);
  return response;
}
