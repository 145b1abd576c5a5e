import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AssignmentsModule } from '../assignments/assignments.module.js';
import { ExplanationsUnanswered, ReportsMissed } from './omission-sources.js';
import { KeptFiguresRound } from './kept-figures.round.js';
import { ScoreboardsController } from './scoreboards.controller.js';
import { ScoredDirectives } from './scored-directives.js';
import { ScoreboardsService } from './scoreboards.service.js';
import { Scores } from './scores.js';

@Module({
  imports: [AssignmentsModule, DiscoveryModule],
  controllers: [ScoreboardsController],
  providers: [
    ScoreboardsService,
    Scores,
    ScoredDirectives,
    KeptFiguresRound,
    ReportsMissed,
    ExplanationsUnanswered,
  ],
})
export class ScoreboardsModule {}
