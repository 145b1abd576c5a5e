import { Body, Controller, Delete, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { CreatedAt, FILE_SCHEMA, type Page, PageOf, UuidParam } from '#libs/http';
import { deliveryProblem } from '../problems.js';
import { type Attempt, GrantAccess } from '../sources/grant-access.js';
import { PackageDownload } from './package-download.js';
import { AskPackageBody, ListPackagesQuery } from './package.requests.js';
import { PackageView } from './package.view.js';
import { PackagesService } from './packages.service.js';

const FOR = 'For the receiver of the grant.';
const BYTES = 'application/octet-stream';

@ApiTags('packages')
@Controller('v1')
@RequireScopes('sharing:request')
export class PackagesController {
  constructor(
    private readonly access: GrantAccess,
    private readonly packages: PackagesService,
    private readonly downloads: PackageDownload,
  ) {}

  @Post('grants/:id/packages')
  @HttpCode(202)
  @CreatedAt('/v1/packages/{id}')
  @ApiOperation({
    summary: 'Have the present state of a grant packed for storage media',
    description: `${FOR} It is made in the background; \`events\` of \`expectedEvents\` tells how far.`,
  })
  @ApiAcceptedResponse({ type: PackageView })
  async ask(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @Body() { recipient }: AskPackageBody,
    @Req() request: FastifyRequest,
  ): Promise<PackageView> {
    await this.access.live(attemptOf(actor, id, request), ['package']);
    return this.packages.ask(id, recipient);
  }

  @Get('grants/:id/packages')
  @ApiOperation({ summary: 'Packages of a grant', description: FOR })
  @ApiOkResponse({ type: PageOf(PackageView) })
  async list(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @Query() query: ListPackagesQuery,
    @Req() request: FastifyRequest,
  ): Promise<Page<PackageView>> {
    await this.access.ofReceiver(attemptOf(actor, id, request));
    return this.packages.list(id, query);
  }

  @Get('packages/:id')
  @ApiOperation({ summary: 'How far a package is, and what it holds', description: FOR })
  @ApiOkResponse({ type: PackageView })
  async read(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @Req() request: FastifyRequest,
  ): Promise<PackageView> {
    const view = await this.packages.read(id);
    await this.access.ofReceiver(attemptOf(actor, view.grant, request));
    return view;
  }

  @Delete('packages/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a package', description: FOR })
  async remove(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const { grant } = await this.packages.read(id);
    await this.access.ofReceiver(attemptOf(actor, grant, request));
    await this.packages.remove(id);
  }

  @Get('packages/:id/file')
  @ApiOperation({
    summary: 'The package, in the age format',
    description: `${FOR} Decrypted it is a tar archive: events, one a line, manifest, its signature and checksums.`,
  })
  @ApiProduces(BYTES)
  @ApiOkResponse(FILE_SCHEMA)
  async download(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const view = await this.packages.read(id);
    const attempt = attemptOf(actor, view.grant, request);
    await this.access.live(attempt, ['package']);
    const { state, manifest, sha256, bytes } = view;
    if (state !== 'ready' || !manifest || bytes === null || sha256 === null) {
      throw deliveryProblem('package-not-ready', { state });
    }
    const ready = { id, grant: view.grant, manifest, bytes, sha256 };
    const sendings = (await this.downloads.begin(ready)) ?? (await this.access.ended(attempt));
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value);
    }
    reply.raw.writeHead(200, {
      'content-type': BYTES,
      'content-length': bytes,
      'content-disposition': `attachment; filename="${manifest.dataset}-${id}.tar.age"`,
      'repr-digest': `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`,
      'cache-control': 'no-store',
    });
    await this.downloads.run(ready, sendings, reply.raw);
  }
}

function attemptOf(actor: Actor, grantId: string, { method, url }: FastifyRequest): Attempt {
  return { actor, grantId, attempted: `${method} ${url}` };
}
