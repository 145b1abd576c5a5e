import { Body, Controller, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { CreatedAt, IfMatch, type Page, PageOf, UuidParam } from '#libs/http';
import { PeopleService } from './people.service.js';
import {
  NewPassword,
  NewPerson,
  PersonChanges,
  PersonQuery,
  PersonView,
  PersonWithPasswordView,
} from './person.dto.js';
import type { Person } from './person.entity.js';

/** People who may log in. */
@ApiTags('people')
@Controller('v1/people')
@RequireScopes('admin')
export class PeopleController {
  constructor(private readonly people: PeopleService) {}

  @Post()
  @CreatedAt('/v1/people/{id}')
  @ApiCreatedResponse({ type: PersonWithPasswordView })
  async create(@Body() input: NewPerson, @CurrentActor() actor: Actor): Promise<PersonWithPasswordView> {
    return PersonWithPasswordView.ofNew(await this.people.create(input, actor));
  }

  @Get()
  @ApiOkResponse({ type: PageOf(PersonView) })
  async list(@Query() query: PersonQuery): Promise<Page<PersonView>> {
    const { page, lockedUntil } = await this.people.list(query);
    const items = page.items.map((person) => PersonView.of(person, lockedUntil.get(person.username) ?? null));
    return { ...page, items };
  }

  @Get(':id')
  @ApiOkResponse({ type: PersonView })
  async get(@UuidParam('id') id: string): Promise<PersonView> {
    return this.view(await this.people.get(id));
  }

  @Patch(':id')
  @ApiOkResponse({ type: PersonView })
  async change(
    @UuidParam('id') id: string,
    @Body() changes: PersonChanges,
    @IfMatch() version: number | undefined,
    @CurrentActor() actor: Actor,
  ): Promise<PersonView> {
    return this.view(await this.people.change(id, changes, version, actor));
  }

  @Post(':id/disable')
  @HttpCode(200)
  @ApiOkResponse({ type: PersonView })
  async disable(@UuidParam('id') id: string, @CurrentActor() actor: Actor): Promise<PersonView> {
    return this.view(await this.people.disable(id, actor));
  }

  @Post(':id/enable')
  @HttpCode(200)
  @ApiOkResponse({ type: PersonView })
  async enable(@UuidParam('id') id: string, @CurrentActor() actor: Actor): Promise<PersonView> {
    return this.view(await this.people.enable(id, actor));
  }

  @Post(':id/password')
  @HttpCode(200)
  @ApiOkResponse({ type: PersonWithPasswordView })
  async resetPassword(
    @UuidParam('id') id: string,
    @Body() input: NewPassword,
    @CurrentActor() actor: Actor,
  ): Promise<PersonWithPasswordView> {
    return PersonWithPasswordView.ofNew(await this.people.resetPassword(id, input, actor));
  }

  private async view(person: Person): Promise<PersonView> {
    return PersonView.of(person, await this.people.lockOf(person));
  }
}
