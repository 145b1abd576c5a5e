import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorOf, PublicOr } from '#libs/auth';
import { problem } from '#libs/contracts';
import { UuidParam } from '#libs/http';
import { ReferenceData } from '#libs/reference';
import { CatalogueQueries } from './catalogue.queries.js';
import { CatalogueQuery } from './catalogue.requests.js';
import { type Form, formOf, FORMS, sendGraph } from './catalogue-files.js';
import { PORTAL_OPTIONS, type PortalOptions } from './dcat.options.js';
import {
  catalogueAddress,
  type CatalogueSetting,
  describeCatalogue,
  describeOne,
} from './describe/catalogue.js';

const READERS =
  'Without a token: the databases whose owner stated that they are open. With one that carries registry:read: all of ' +
  'them, with their access rights. Pages follow each other by hydra:next.';
const RDF = { schema: { type: 'string' } };

/** The registry for open-data portals, by DCAT-AP 3. */
@ApiTags('open data')
@Controller('v1')
export class CatalogueController {
  constructor(
    private readonly queries: CatalogueQueries,
    private readonly reference: ReferenceData,
    @Inject(PORTAL_OPTIONS) private readonly options: PortalOptions,
  ) {}

  @Get('catalog.ttl')
  @PublicOr('registry:read')
  @ApiOperation({ summary: 'The catalogue as DCAT-AP 3 in Turtle', description: READERS })
  @ApiProduces(FORMS.ttl)
  @ApiOkResponse(RDF)
  turtle(
    @Req() request: FastifyRequest,
    @Query() query: CatalogueQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.page('ttl', request, query, reply);
  }

  @Get('catalog.jsonld')
  @PublicOr('registry:read')
  @ApiOperation({
    summary: 'The catalogue as DCAT-AP 3 in JSON-LD, its context inside',
    description: READERS,
  })
  @ApiProduces(FORMS.jsonld)
  @ApiOkResponse(RDF)
  jsonLd(
    @Req() request: FastifyRequest,
    @Query() query: CatalogueQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.page('jsonld', request, query, reply);
  }

  @Get('catalog')
  @PublicOr('registry:read')
  @ApiOperation({ summary: 'Leads to the form that Accept asks for; Turtle where it does not say' })
  @ApiResponse({ status: 303, description: 'See `Location`' })
  catalogue(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): void {
    const [, query] = request.url.split('?', 2);
    const address = `${catalogueAddress(this.settingOf(request).origin)}.${formOf(request.headers.accept)}`;
    reply.code(303).header('vary', 'accept');
    reply.header('location', query === undefined ? address : `${address}?${query}`);
  }

  @Get('catalog/datasets/:id')
  @PublicOr('registry:read')
  @ApiOperation({
    summary: 'One database as a dataset, in the form that Accept asks for',
    description: 'Without a token 404 for a database that is not open.',
  })
  @ApiProduces(FORMS.ttl, FORMS.jsonld)
  @ApiOkResponse(RDF)
  async dataset(
    @UuidParam('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const everything = actorOf(request) !== undefined;
    const row = await this.queries.one(id, everything);
    if (!row) throw problem('not-found');
    return sendGraph(reply, describeOne(this.settingOf(request), row), {
      form: formOf(request.headers.accept),
      isPublic: !everything,
      modifiedAt: row.modifiedAt,
    });
  }

  private async page(
    form: Form,
    request: FastifyRequest,
    { limit, cursor, changedSince }: CatalogueQuery,
    reply: FastifyReply,
  ): Promise<string> {
    const everything = actorOf(request) !== undefined;
    const setting = this.settingOf(request);
    const page = await this.queries.page({ limit, cursor, changedSince, everything });
    const address = (position: string | null) => {
      const query = new URLSearchParams({ limit: String(limit) });
      if (changedSince !== undefined) query.set('changedSince', changedSince);
      if (position !== null) query.set('cursor', position);
      return `${catalogueAddress(setting.origin)}.${form}?${query.toString()}`;
    };
    const links = {
      self: address(cursor ?? null),
      first: address(null),
      next: page.next === null ? null : address(page.next),
    };
    return sendGraph(reply, describeCatalogue(setting, page, links), {
      form,
      isPublic: !everything,
      modifiedAt: page.modifiedAt,
      next: links.next,
    });
  }

  /** Without a stated address, the one by which the caller reached this service; see TRUST_PROXY. */
  private settingOf({ protocol, host }: FastifyRequest): CatalogueSetting {
    const { publicUrl, bounds } = this.options;
    return { origin: publicUrl ?? `${protocol}://${host}`, reference: this.reference, bounds };
  }
}
