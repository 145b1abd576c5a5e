import { Body, Get, HttpCode, Post, Query, type Type } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import type { RegistryEntryState } from '#libs/contracts';
import { type History, HistoryLineView, HistoryQuery } from '#libs/history';
import { IfMatch, type Page, PageOf, UuidParam } from '#libs/http';
import type { Catalogue } from './catalogue.js';
import type { CatalogueQueries } from './catalogue-queries.js';
import type { CatalogueEntry } from './entry.entity.js';
import { LifecycleBody, ListStepsQuery, UseBody } from './entry.requests.js';
import type { LifecycleStepState } from './entry-state.js';
import { StepView } from './entry.view.js';
import { moveOf, useMoveOf } from './stated.js';

/** Who may write, as the API's documentation says it. */
export const WRITERS = 'For the owning agency and Sở KH&CN.';

/** What the routes of a catalogue say and answer. */
export interface EntryRoutesOptions<State> {
  /** What an entry is called: "database". */
  noun: string;
  aggregate: string;
  view: Type<State>;
}

/** A controller with the routes that databases and systems have in common: one entry, its steps, its history. */
export function EntryRoutes<State extends RegistryEntryState<string>, Row extends CatalogueEntry>({
  noun,
  aggregate,
  view,
}: EntryRoutesOptions<State>) {
  abstract class Routes {
    protected constructor(
      protected readonly entries: Catalogue<State, Row>,
      protected readonly queries: CatalogueQueries<State, Row>,
      private readonly history: History,
    ) {}

    @Get(':id')
    @RequireScopes('registry:read')
    @ApiOperation({ summary: `One ${noun}` })
    @ApiOkResponse({ type: view })
    read(@UuidParam('id') id: string): Promise<State> {
      return this.queries.read(id);
    }

    @Post(':id/lifecycle')
    @HttpCode(200)
    @RequireScopes('registry:write')
    @ApiOperation({ summary: `Pass a ${noun} to another life-cycle state`, description: WRITERS })
    @ApiOkResponse({ type: view })
    move(
      @CurrentActor() actor: Actor,
      @UuidParam('id') id: string,
      @IfMatch() ifMatch: number | undefined,
      @Body() body: LifecycleBody,
    ): Promise<State> {
      return this.entries.move(actor, id, moveOf(body), ifMatch);
    }

    @Get(':id/lifecycle')
    @RequireScopes('registry:read')
    @ApiOperation({ summary: 'Life-cycle history, the newest step first' })
    @ApiOkResponse({ type: PageOf(StepView) })
    listSteps(
      @UuidParam('id') id: string,
      @Query() query: ListStepsQuery,
    ): Promise<Page<LifecycleStepState>> {
      return this.queries.listSteps(id, query);
    }

    @Post(':id/use')
    @HttpCode(200)
    @RequireScopes('registry:write')
    @ApiOperation({ summary: `Pass a ${noun} to another state of use`, description: WRITERS })
    @ApiOkResponse({ type: view })
    moveUse(
      @CurrentActor() actor: Actor,
      @UuidParam('id') id: string,
      @IfMatch() ifMatch: number | undefined,
      @Body() body: UseBody,
    ): Promise<State> {
      return this.entries.moveUse(actor, id, useMoveOf(body), ifMatch);
    }

    @Get(':id/history')
    @RequireScopes('registry:read')
    @ApiOperation({ summary: 'Every change, the newest first' })
    @ApiOkResponse({ type: PageOf(HistoryLineView) })
    async listHistory(
      @UuidParam('id') id: string,
      @Query() query: HistoryQuery,
    ): Promise<Page<HistoryLineView>> {
      await this.queries.read(id);
      return this.history.of(aggregate, id, query);
    }
  }
  return Routes;
}
