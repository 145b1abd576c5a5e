import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { RecordPackageQuery, ReleasePackageQuery } from './ocds.requests.js';
import { PackagesService } from './packages.service.js';

const PACKAGE = {
  description: 'OCDS 1.1 package with the fields of the profile for public-private partnerships',
  schema: {
    type: 'object',
    externalDocs: { url: 'https://standard.open-contracting.org/profiles/ppp/latest/' },
  },
};
const READERS =
  'Of items that the caller sees. Pages follow each other by `links.next`; 404 where nothing was released.';

@ApiTags('ocds')
@Controller('v1/ocds')
export class OcdsController {
  constructor(private readonly packages: PackagesService) {}

  @Get('release-package.json')
  @RequireScopes('budget:read')
  @ApiOperation({
    summary: 'Every change of the budget list as an OCDS release, oldest first',
    description: READERS,
  })
  @ApiOkResponse(PACKAGE)
  releases(
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
    @Query() query: ReleasePackageQuery,
  ): Promise<object> {
    return this.packages.releasePackage(actor, query, originOf(request));
  }

  @Get('record-package.json')
  @RequireScopes('budget:read')
  @ApiOperation({
    summary: 'Every item as an OCDS record: its releases by address, and all of them compiled',
    description: READERS,
  })
  @ApiOkResponse(PACKAGE)
  records(
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
    @Query() query: RecordPackageQuery,
  ): Promise<object> {
    return this.packages.recordPackage(actor, query, originOf(request));
  }
}

/** Where the caller reached this service; behind a proxy, as TRUST_PROXY lets it say. */
function originOf({ protocol, host }: FastifyRequest): string {
  return `${protocol}://${host}`;
}
