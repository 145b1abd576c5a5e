import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { LoginRoutes } from '../login/login.routes.js';
import { ProviderHost } from './provider-host.js';

/** Addresses that the protocol library answers, and the methods it knows there. */
const PROTOCOL_ROUTES: Readonly<Record<string, HTTPMethods[]>> = {
  '/.well-known/openid-configuration': ['GET', 'OPTIONS'],
  '/.well-known/oauth-authorization-server': ['GET', 'OPTIONS'],
  '/jwks': ['GET', 'OPTIONS'],
  '/auth': ['GET'],
  '/auth/:uid': ['GET'],
  '/token': ['POST', 'OPTIONS'],
  '/token/introspection': ['POST', 'OPTIONS'],
  '/token/revocation': ['POST', 'OPTIONS'],
  '/session/end': ['GET'],
  '/session/end/confirm': ['POST'],
  '/session/end/success': ['GET'],
};

/** Puts the protocol and the login pages beside the routes of the administration API, in a room of their own. */
@Injectable()
export class ProtocolMount implements OnModuleInit {
  private readonly logger = new Logger('OAuth2');

  constructor(
    private readonly adapter: HttpAdapterHost,
    private readonly host: ProviderHost,
    private readonly login: LoginRoutes,
  ) {}

  async onModuleInit(): Promise<void> {
    const fastify = this.adapter.httpAdapter.getInstance<FastifyInstance>();
    await fastify.register((room: FastifyInstance, _options: object, done: () => void) => {
      // Neither protocol nor pages speak JSON: the parsers and error documents of the API stay outside.
      room.removeAllContentTypeParsers();
      room.setErrorHandler((error, request, reply) => this.fail(error, request, reply));
      this.login.addTo(room);
      done();
    });
    await fastify.register((room: FastifyInstance, _options: object, done: () => void) => {
      room.removeAllContentTypeParsers();
      // The library reads the body from the socket by itself.
      room.addContentTypeParser('*', (_request, _body, parsed) => {
        parsed(null);
      });
      for (const [url, method] of Object.entries(PROTOCOL_ROUTES)) {
        room.route({ method, url, handler: (request, reply) => this.answer(request, reply) });
      }
      done();
    });
  }

  private async answer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    reply.hijack();
    // Fastify has judged which proxies to believe; the library believes what it finds here.
    Object.assign(request.raw.headers, {
      'x-forwarded-proto': request.protocol,
      'x-forwarded-host': request.host,
      'x-forwarded-for': request.ip,
    });
    await this.host.provider.callback()(request.raw, reply.raw);
  }

  private fail(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    if (status >= 500) {
      this.logger.error({
        message: `${request.method} ${request.routeOptions.url ?? ''} failed`,
        err: error,
      });
    }
    return reply
      .code(status)
      .type('text/plain; charset=utf-8')
      .send(status >= 500 ? 'Lỗi hệ thống / Internal error' : 'Yêu cầu không hợp lệ / Bad request');
  }
}
