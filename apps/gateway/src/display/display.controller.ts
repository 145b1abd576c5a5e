import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public, RequireScopes } from '#libs/auth';
import { problem } from '#libs/contracts';
import { TextField, UuidParam } from '#libs/http';
import { DISPLAY_COOKIE } from './display-actor-resolver.js';
import { type Display, DisplayTokens } from './display-tokens.js';

const TEN_YEARS_SECONDS = 315_360_000;

class NewDisplay {
  @TextField({ min: 1, max: 100, description: 'Where the display hangs, for example "Phòng IOC, tầng 2"' })
  name: string;
}

@ApiTags('displays')
@Controller()
export class DisplayController {
  constructor(private readonly displays: DisplayTokens) {}

  @Get('display/:token')
  @Public()
  @ApiOperation({
    summary:
      'Opens the wall: remembers the display in a cookie and goes to the page, with the query as given',
  })
  async open(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (!(await this.displays.actorOf(token))) throw problem('not-found');
    const secure = request.protocol === 'https' ? '; Secure' : '';
    await reply
      .header(
        'set-cookie',
        `${DISPLAY_COOKIE}=${token}; Path=/; Max-Age=${TEN_YEARS_SECONDS}; HttpOnly; SameSite=Lax${secure}`,
      )
      .redirect(`/${new URL(request.url, 'http://display').search}`, 303);
  }

  @Get('ioc/v1/displays')
  @RequireScopes('admin')
  @ApiOperation({ summary: 'Every display, also the revoked ones' })
  async list(): Promise<{ items: Display[] }> {
    return { items: await this.displays.list() };
  }

  @Post('ioc/v1/displays')
  @RequireScopes('admin')
  @ApiOperation({ summary: 'Admits a display; its address is shown this once' })
  async create(@Body() { name }: NewDisplay): Promise<Display & { path: string }> {
    const { display, token } = await this.displays.create(name);
    return { ...display, path: `/display/${token}` };
  }

  @Delete('ioc/v1/displays/:id')
  @HttpCode(204)
  @RequireScopes('admin')
  @ApiOperation({ summary: 'Ends the access of a display, at once' })
  revoke(@UuidParam('id') id: string): Promise<void> {
    return this.displays.revoke(id);
  }
}
