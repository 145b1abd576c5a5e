import { Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireAnyScope } from '#libs/auth';
import { CodeParam, IfMatch, type Page, PageOf, UuidParam } from '#libs/http';
import { AGENCY_CODE } from '#libs/reference';
import { EmailContactBody, ListContactsQuery, WebhookContactBody } from './contact.requests.js';
import { ContactView } from './contact.view.js';
import { ContactsService } from './contacts.service.js';

const AgencyParam = (): ParameterDecorator => CodeParam('agency', AGENCY_CODE, 'Agency code');

@ApiTags('notices')
@Controller('v1/agencies/:agency/contacts')
@RequireAnyScope('tasks:write', 'admin')
export class ContactsController {
  constructor(private readonly contacts: ContactsService) {}

  @Get()
  @ApiOperation({
    summary: 'Where notices of an agency are carried to',
    description: 'For the agency itself and administrators. Secrets are never answered.',
  })
  @ApiOkResponse({ type: PageOf(ContactView) })
  list(
    @CurrentActor() actor: Actor,
    @AgencyParam() agency: string,
    @Query() query: ListContactsQuery,
  ): Promise<Page<ContactView>> {
    return this.contacts.list(actor, agency, query);
  }

  @Post('email')
  @ApiOperation({ summary: 'Add an e-mail address; for the agency itself and administrators' })
  @ApiCreatedResponse({ type: ContactView })
  addEmail(
    @CurrentActor() actor: Actor,
    @AgencyParam() agency: string,
    @Body() { role, address }: EmailContactBody,
  ): Promise<ContactView> {
    return this.contacts.add(actor, agency, { channel: 'email', role, address, secret: null });
  }

  @Post('webhook')
  @ApiOperation({
    summary: 'Add a webhook, or replace the secret of one; for the agency itself and administrators',
  })
  @ApiCreatedResponse({ type: ContactView })
  addWebhook(
    @CurrentActor() actor: Actor,
    @AgencyParam() agency: string,
    @Body() { role, address, secret }: WebhookContactBody,
  ): Promise<ContactView> {
    return this.contacts.add(actor, agency, { channel: 'webhook', role, address, secret });
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Withdraw a contact; what still waits for it is given up' })
  @ApiNoContentResponse()
  withdraw(
    @CurrentActor() actor: Actor,
    @AgencyParam() agency: string,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
  ): Promise<void> {
    return this.contacts.withdraw(actor, agency, id, ifMatch);
  }
}
