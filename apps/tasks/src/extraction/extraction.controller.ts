import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { problem } from '#libs/contracts';
import { DOCX } from '#libs/documents';
import { CreatedAt } from '#libs/http';
import { Acceptance } from './acceptance.js';
import { AcceptDraftBody } from './acceptance.requests.js';
import { AcceptedDraftView } from './acceptance.view.js';
import { PDF, requireUtf8, SentDocument, TEXT } from './document-bodies.js';
import { DocumentReader } from './document-reader.js';
import { extractionProblem } from './extraction.problems.js';
import { ExtractedDirectiveView } from './extraction.view.js';

/** From the document to the tasks: a draft that nobody keeps, and what becomes of it once somebody accepts it. */
@ApiTags('extraction')
@Controller('v1/directives')
export class ExtractionController {
  constructor(
    private readonly documents: DocumentReader,
    private readonly acceptance: Acceptance,
  ) {}

  @Post('extract')
  @HttpCode(200)
  @RequireScopes('tasks:assign')
  @ApiConsumes(TEXT, DOCX, PDF)
  @ApiBody({ description: 'The document itself as the body', schema: { type: 'string', format: 'binary' } })
  @ApiOperation({
    summary: 'Read the header and the tasks of a document into a draft',
    description:
      'text/plain in UTF-8 up to 1 MiB; .docx and .pdf with a text layer up to 8 MiB. Nothing is stored: check the ' +
      'draft, then send it to /v1/directives/accept. An Idempotency-Key is not needed and has no effect.',
  })
  @ApiOkResponse({ type: ExtractedDirectiveView })
  async extract(@Req() request: FastifyRequest): Promise<ExtractedDirectiveView> {
    const sent = request.body;
    if (!(sent instanceof SentDocument)) throw problem('unsupported-media-type');
    if (sent.bytes.length === 0) throw extractionProblem('document-empty');
    if (sent.kind === 'text') requireUtf8(sent.bytes);
    const { text, header, tasks } = await this.documents.read(sent.kind, sent.bytes);
    return { header, tasks, ...(sent.kind !== 'text' && { text }) };
  }

  @Post('accept')
  @RequireScopes('tasks:assign')
  @CreatedAt('/v1/directives/{id}')
  @ApiOperation({
    summary: 'Register the directive of a draft, edited or not, and assign all its tasks',
    description:
      'In one transaction: all or nothing. For the issuer, the Provincial People’s Committee, its Office and Sở KH&CN. ' +
      'Every task needs a lead with a code; agencies without one are noted in the description of the task.',
  })
  @ApiCreatedResponse({ type: AcceptedDraftView })
  async accept(@CurrentActor() actor: Actor, @Body() body: AcceptDraftBody): Promise<AcceptedDraftView> {
    const { directive, taskIds } = await this.acceptance.accept(actor, body);
    return { id: directive.id, directive, taskIds };
  }
}
