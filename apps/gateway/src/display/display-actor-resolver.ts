import { Injectable } from '@nestjs/common';
import type { Actor, ActorResolver, RequestCredentials } from '#libs/auth';
import { DisplayTokens } from './display-tokens.js';

export const DISPLAY_COOKIE = 'ioc_display';

/** Knows a wall display by its cookie. Only for reading: another origin's page cannot make it do anything. */
@Injectable()
export class DisplayActorResolver implements ActorResolver {
  constructor(private readonly displays: DisplayTokens) {}

  async resolve(request: RequestCredentials): Promise<Actor | null> {
    if (request.method !== 'GET' || request.headers['authorization']) return null;
    const token = cookie(request.headers['cookie'], DISPLAY_COOKIE);
    return token === null ? null : this.displays.actorOf(token);
  }
}

function cookie(header: string | string[] | undefined, name: string): string | null {
  const pairs = (Array.isArray(header) ? header.join(';') : (header ?? '')).split(';');
  const pair = pairs.map((text) => text.trim()).find((text) => text.startsWith(`${name}=`));
  return pair?.slice(name.length + 1) || null;
}
