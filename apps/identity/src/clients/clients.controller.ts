import { Body, Controller, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { CodeParam, CreatedAt, IfMatch, type Page, PageOf } from '#libs/http';
import {
  CLIENT_ID,
  ClientChanges,
  ClientQuery,
  ClientView,
  ClientWithSecretView,
  NewClient,
} from './client.dto.js';
import { ClientsService } from './clients.service.js';

const ClientId = () => CodeParam('id', CLIENT_ID, 'Identifier of the client (client_id)');

/** Programs that may ask for tokens. */
@ApiTags('clients')
@Controller('v1/clients')
@RequireScopes('admin')
export class ClientsController {
  constructor(private readonly clients: ClientsService) {}

  @Post()
  @CreatedAt('/v1/clients/{id}')
  @ApiCreatedResponse({ type: ClientWithSecretView })
  async create(@Body() input: NewClient, @CurrentActor() actor: Actor): Promise<ClientWithSecretView> {
    return ClientWithSecretView.ofNew(await this.clients.create(input, actor));
  }

  @Get()
  @ApiOkResponse({ type: PageOf(ClientView) })
  async list(@Query() query: ClientQuery): Promise<Page<ClientView>> {
    const page = await this.clients.list(query);
    return { ...page, items: page.items.map((client) => ClientView.of(client)) };
  }

  @Get(':id')
  @ApiOkResponse({ type: ClientView })
  async get(@ClientId() id: string): Promise<ClientView> {
    return ClientView.of(await this.clients.get(id));
  }

  @Patch(':id')
  @ApiOkResponse({ type: ClientView })
  async change(
    @ClientId() id: string,
    @Body() changes: ClientChanges,
    @IfMatch() version: number | undefined,
    @CurrentActor() actor: Actor,
  ): Promise<ClientView> {
    return ClientView.of(await this.clients.change(id, changes, version, actor));
  }

  @Post(':id/disable')
  @HttpCode(200)
  @ApiOkResponse({ type: ClientView })
  async disable(@ClientId() id: string, @CurrentActor() actor: Actor): Promise<ClientView> {
    return ClientView.of(await this.clients.disable(id, actor));
  }

  @Post(':id/enable')
  @HttpCode(200)
  @ApiOkResponse({ type: ClientView })
  async enable(@ClientId() id: string, @CurrentActor() actor: Actor): Promise<ClientView> {
    return ClientView.of(await this.clients.enable(id, actor));
  }

  @Post(':id/secret')
  @HttpCode(200)
  @ApiOkResponse({ type: ClientWithSecretView })
  async renewSecret(@ClientId() id: string, @CurrentActor() actor: Actor): Promise<ClientWithSecretView> {
    return ClientWithSecretView.ofNew(await this.clients.renewSecret(id, actor));
  }
}
