import { Body, Controller, Delete, Get, HttpCode, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { IfMatch, UuidParam } from '#libs/http';
import { BindingBody } from './binding.requests.js';
import { BindingView } from './binding.view.js';
import { BindingsService } from './bindings.service.js';

/** Tasks whose progress is taken from data of other services. */
@ApiTags('tasks')
@Controller('v1/tasks/:id/binding')
export class BindingsController {
  constructor(private readonly bindings: BindingsService) {}

  @Get()
  @RequireScopes('tasks:read')
  @ApiOperation({ summary: 'What the progress of a task is taken from, with its present value' })
  @ApiOkResponse({ type: BindingView })
  read(@CurrentActor() actor: Actor, @UuidParam('id') id: string): Promise<BindingView> {
    return this.bindings.read(actor, id);
  }

  @Put()
  @RequireScopes('tasks:assign')
  @ApiOperation({
    summary: 'Take the progress of a task from data; for the assigning side',
    description: 'Progress follows the data from then on; evidence is handed in and confirmed as before.',
  })
  @ApiOkResponse({ type: BindingView })
  async bind(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { kind, subject, target }: BindingBody,
  ): Promise<BindingView> {
    await this.bindings.bind(actor, id, ifMatch, { kind, subject, target });
    return this.bindings.read(actor, id);
  }

  @Delete()
  @HttpCode(204)
  @RequireScopes('tasks:assign')
  @ApiOperation({ summary: 'Take the progress of a task from its leads again; for the assigning side' })
  @ApiNoContentResponse()
  unbind(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
  ): Promise<void> {
    return this.bindings.unbind(actor, id, ifMatch);
  }
}
