import {
  type ArgumentsHost,
  Catch,
  Controller,
  type ExceptionFilter,
  Get,
  Injectable,
  Logger,
  type LoggerService,
  Module,
  Req,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ProblemError } from '#libs/contracts';
import { Actor, actorOf } from '../actor.js';
import { AuthModule } from '../auth.module.js';
import { CurrentActor, Public, PublicOr, RequireAnyScope, RequireScopes } from '../decorators.js';
import type { ActorResolver, AuthOptions, RequestCredentials } from '../options.js';
import { LocalIssuer } from './issuer.js';

@Controller()
class Routes {
  @Get('public')
  @Public()
  everybody(): string {
    return 'everybody';
  }

  @Get('partly')
  @PublicOr('tasks:read')
  everybodyAndReaders(@Req() request: object): object {
    return { subject: actorOf(request)?.subject ?? 'everybody' };
  }

  @Get('plain')
  anybodyKnown(@CurrentActor() actor: Actor): object {
    const { subject, clientId, agency, scopes } = actor;
    return { subject, clientId, agency, scopes: [...scopes] };
  }

  @Get('read')
  @RequireScopes('tasks:read')
  read(): string {
    return 'read';
  }

  @Get('both')
  @RequireScopes('tasks:read', 'tasks:write')
  both(): string {
    return 'both';
  }

  @Get('either')
  @RequireAnyScope('tasks:write', 'admin')
  either(): string {
    return 'either';
  }
}

@Controller('open')
@Public()
class OpenRoutes {
  @Get('closed')
  @RequireScopes('admin')
  closed(): string {
    return 'closed';
  }
}

/** Knows one display by its cookie. */
@Injectable()
export class CookieResolver implements ActorResolver {
  resolve(request: RequestCredentials): Promise<Actor | null> {
    const known = request.headers['cookie'] === 'display=wall-1';
    return Promise.resolve(known ? new Actor('wall-1', 'wall', null, new Set(['ioc:display'])) : null);
  }
}

/** Stands in for libs/http, which libs/auth must not import. */
@Catch(ProblemError)
class ProblemFilter implements ExceptionFilter<ProblemError> {
  catch(error: ProblemError, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<{ code(status: number): { send(body: object): void } }>();
    reply.code(error.definition.status).send({ code: error.code, parameters: error.parameters });
  }
}

export class CollectedLog implements LoggerService {
  readonly lines: string[] = [];
  log = (): void => undefined;
  error = (...parts: unknown[]): void => void this.lines.push(JSON.stringify(parts));
  warn = (...parts: unknown[]): void => void this.lines.push(JSON.stringify(parts));
}

export interface Answer {
  status: number;
  body: { code?: string; parameters?: object; agency?: string | null; scopes?: string[]; subject?: string };
  challenge: string | undefined;
}

/** An application with routes of every kind behind the guard, and the issuer it trusts. */
export class GuardedApps {
  readonly log = new CollectedLog();
  private readonly apps: NestFastifyApplication[] = [];

  private constructor(readonly issuer: LocalIssuer) {
    Logger.overrideLogger(this.log);
  }

  static async open(): Promise<GuardedApps> {
    return new GuardedApps(await LocalIssuer.start());
  }

  /** Starts one more; answers how to ask it. */
  async start(options: Partial<AuthOptions> = {}): Promise<Ask> {
    @Module({
      imports: [AuthModule.forRoot({ issuer: this.issuer.url, ...options })],
      controllers: [Routes, OpenRoutes],
    })
    class TestModule {}
    const app = await NestFactory.create<NestFastifyApplication>(TestModule, new FastifyAdapter());
    app.useGlobalFilters(new ProblemFilter());
    await app.init();
    this.apps.push(app);
    return (url, token, headers) => get(app, url, token, headers);
  }

  async close(): Promise<void> {
    await Promise.all(this.apps.map((app) => app.close()));
    await this.issuer.stop();
  }
}

export type Ask = (url: string, token?: string, headers?: Record<string, string>) => Promise<Answer>;

async function get(
  app: NestFastifyApplication,
  url: string,
  token?: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await app.inject({
    url,
    headers: token === undefined ? headers : { ...headers, authorization: `Bearer ${token}` },
  });
  const text = response.body;
  return {
    status: response.statusCode,
    body: text.startsWith('{') ? (JSON.parse(text) as Answer['body']) : {},
    challenge: response.headers['www-authenticate'] as string | undefined,
  };
}
