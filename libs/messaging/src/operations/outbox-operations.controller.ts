import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsISO8601, IsOptional, IsString, MaxLength } from 'class-validator';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { DigestResponder } from '../anti-entropy/digest-responder.js';
import type { BucketDigest } from '../anti-entropy/digest.js';
import { type Replay, Replays } from './replays.js';

class ReplayRequest {
  @ApiPropertyOptional({
    description: 'Events that happened at or after this instant; without it, all kept ones',
  })
  @IsISO8601({ strict: true })
  @IsOptional()
  since?: string;

  @ApiPropertyOptional({ description: 'Kind of aggregate, for example task' })
  @IsString()
  @MaxLength(60)
  @IsOptional()
  aggregate?: string;

  @ApiPropertyOptional({ description: 'Aggregates, by id', type: [String], maxItems: 1000 })
  @IsArray()
  @ArrayMaxSize(1000)
  @IsString({ each: true })
  @IsOptional()
  aggregateIds?: string[];
}

/** Sending again what the broker may have lost. Receivers drop what they have already applied. */
@ApiTags('operations')
@RequireScopes('admin')
@Controller('v1/operations')
export class OutboxOperationsController {
  constructor(
    private readonly replays: Replays,
    private readonly digests: DigestResponder,
  ) {}

  @Post('replays')
  @HttpCode(202)
  @ApiOperation({ summary: 'Send kept events again, up to the newest of each aggregate' })
  requestReplay(@Body() body: ReplayRequest, @CurrentActor() actor: Actor): Promise<Replay> {
    const since = body.since === undefined ? undefined : new Date(body.since);
    const { aggregate, aggregateIds } = body;
    return this.replays.request({ since, aggregate, aggregateIds }, actor.subject);
  }

  @Get('replays')
  @ApiOperation({ summary: 'The newest replays and what they sent' })
  async listReplays(): Promise<{ items: Replay[] }> {
    return { items: await this.replays.list(50) };
  }

  @Get('digest')
  @ApiOperation({ summary: 'How many aggregates there are, and a digest of their ids and versions' })
  async digest(): Promise<{ items: BucketDigest[] }> {
    const { buckets } = await this.digests.digest({});
    return { items: buckets ?? [] };
  }
}
