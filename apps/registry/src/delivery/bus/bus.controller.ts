import { Body, Controller, Get, Headers, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireAnyScope, RequireScopes } from '#libs/auth';
import { UuidParam } from '#libs/http';
import { deliveryProblem } from '../problems.js';
import { CredentialsView, IssueCredentialBody, IssuedCredentialView } from './credentials/credential.view.js';
import { CredentialsService } from './credentials/credentials.service.js';
import { ConnectionView } from './grants/connection.view.js';
import { ConnectionsService } from './grants/connections.service.js';
import { IntakeView } from './intake/intake.view.js';
import { PutAside } from './intake/put-aside.js';

const ISSUING =
  'Another key replaces the earlier one, which is cut off at once; the publicKey in force goes on with a later end, and nothing is cut. Without a publicKey the answer holds a secret that is kept nowhere; such a request takes no Idempotency-Key.';

@ApiTags('bus')
@Controller('v1')
export class BusController {
  constructor(
    private readonly credentials: CredentialsService,
    private readonly connections: ConnectionsService,
    private readonly putAside: PutAside,
  ) {}

  @Post('grants/:id/credentials')
  @RequireScopes('sharing:request')
  @ApiOperation({ summary: "Make the receiver's user on the bus", description: ISSUING })
  @ApiCreatedResponse({ type: IssuedCredentialView })
  issueForGrant(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @Body() { publicKey }: IssueCredentialBody,
    @Headers('idempotency-key') idempotencyKey?: string,
  ): Promise<IssuedCredentialView> {
    refuseRepeatedSecret(publicKey, idempotencyKey);
    return this.credentials.issueForGrant(actor, id, publicKey ?? undefined);
  }

  @Get('grants/:id/credentials')
  @RequireScopes('sharing:request')
  @ApiOperation({ summary: "The receiver's users on the bus, the newest first" })
  @ApiOkResponse({ type: CredentialsView })
  async ofGrant(@CurrentActor() actor: Actor, @UuidParam('id') id: string): Promise<CredentialsView> {
    return { items: await this.credentials.ofGrant(actor, id) };
  }

  @Get('grants/:id/connection')
  @RequireAnyScope('sharing:request', 'sharing:decide')
  @ApiOperation({ summary: 'Where the data of a grant are on the bus, and how far its receiver is' })
  @ApiOkResponse({ type: ConnectionView })
  connection(@CurrentActor() actor: Actor, @UuidParam('id') id: string): Promise<ConnectionView> {
    return this.connections.of(actor, id);
  }

  @Post('datasets/:id/credentials')
  @RequireScopes('sharing:decide')
  @ApiOperation({ summary: "Make a user for publishing the agency's own datasets", description: ISSUING })
  @ApiCreatedResponse({ type: IssuedCredentialView })
  issueForDataset(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @Body() { publicKey }: IssueCredentialBody,
    @Headers('idempotency-key') idempotencyKey?: string,
  ): Promise<IssuedCredentialView> {
    refuseRepeatedSecret(publicKey, idempotencyKey);
    return this.credentials.issueForDataset(actor, id, publicKey ?? undefined);
  }

  @Get('datasets/:id/credentials')
  @RequireScopes('sharing:decide')
  @ApiOperation({ summary: 'Users for publishing a dataset, the newest first' })
  @ApiOkResponse({ type: CredentialsView })
  async ofDataset(@CurrentActor() actor: Actor, @UuidParam('id') id: string): Promise<CredentialsView> {
    return { items: await this.credentials.ofDataset(actor, id) };
  }

  @Get('datasets/:id/intake')
  @RequireScopes('sharing:decide')
  @ApiOperation({ summary: 'What of an own dataset was taken, and what was put aside and why' })
  @ApiOkResponse({ type: IntakeView })
  async intake(@CurrentActor() actor: Actor, @UuidParam('id') id: string): Promise<IntakeView> {
    return this.putAside.of(await this.credentials.ownDatasetCode(actor, id));
  }
}

/** The answer would be stored with the key, and the secret with it. */
function refuseRepeatedSecret(
  publicKey: string | null | undefined,
  idempotencyKey: string | undefined,
): void {
  if (publicKey == null && idempotencyKey !== undefined) throw deliveryProblem('secret-given-once');
}
