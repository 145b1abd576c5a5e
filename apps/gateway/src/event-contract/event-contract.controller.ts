import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '#libs/auth';
import { type AsyncApiDocument, asyncApiDocument, EVENT_TYPE, eventSchemas, problem } from '#libs/contracts';
import { CodeParam } from '#libs/http';

const anyObject = { schema: { type: 'object' } };

/** What is on the bus, for those who write a consumer in another language. No secret: it tells forms, not contents. */
@ApiTags('events')
@Controller()
@Public()
export class EventContractController {
  private readonly document = asyncApiDocument();

  @Get('asyncapi.json')
  @ApiOperation({ summary: 'Every event of the four services (AsyncAPI 3.0)' })
  @ApiOkResponse(anyObject)
  describe(): AsyncApiDocument {
    return this.document;
  }

  @Get('schemas/:type')
  @Header('content-type', 'application/schema+json; charset=utf-8')
  @ApiOperation({ summary: 'JSON Schema (draft 2020-12) of the data of one event type' })
  @ApiOkResponse({ content: { 'application/schema+json': anyObject } })
  schema(
    @CodeParam('type', EVENT_TYPE, 'Event type, such as vn.ioc.tasks.task.completed.v1') type: string,
  ): object {
    const schema = Object.hasOwn(eventSchemas, type) ? eventSchemas[type] : undefined;
    if (!schema) throw problem('not-found');
    return schema;
  }
}
