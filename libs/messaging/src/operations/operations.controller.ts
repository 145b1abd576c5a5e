import { Controller, Get, HttpCode, Param, ParseIntPipe, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import type { ServiceName } from '#libs/contracts';
import { JetStreamServer } from '../consumer/jetstream-server.js';
import { type DeadLetter, DeadLetters } from '../dead-letters/dead-letters.js';

class DeadLetterQuery {
  @ApiPropertyOptional({ description: 'Only those after this number', type: 'integer', minimum: 0 })
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @IsOptional()
  after: number = 0;

  @ApiPropertyOptional({ description: 'At most this many', type: 'integer', minimum: 1, maximum: 100 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  @IsOptional()
  limit: number = 20;
}

/** What an operator does with the bus side of a process. */
@ApiTags('operations')
@RequireScopes('admin')
@Controller('v1/operations')
export class OperationsController {
  constructor(
    private readonly deadLetters: DeadLetters,
    private readonly consumers: JetStreamServer,
  ) {}

  @Get('dead-letters')
  @ApiOperation({ summary: 'Messages that could not be handled, oldest first' })
  async listDeadLetters(@Query() query: DeadLetterQuery): Promise<{ items: DeadLetter[] }> {
    return { items: await this.deadLetters.list(query.after, query.limit) };
  }

  @Post('dead-letters/:sequence/replay')
  @HttpCode(200)
  @ApiOperation({ summary: 'Hand a dead letter to its handler again' })
  replayDeadLetter(
    @Param('sequence', ParseIntPipe) sequence: number,
    @CurrentActor() actor: Actor,
  ): Promise<DeadLetter> {
    return this.deadLetters.replay(sequence, actor.subject);
  }

  @Get('consumers')
  @ApiOperation({ summary: 'Events waiting on each consumed stream; null while it cannot be asked' })
  async listConsumers(): Promise<{ items: { service: ServiceName; lag: number | null }[] }> {
    return { items: await this.consumers.consumerStates() };
  }
}
