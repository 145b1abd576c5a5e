import type { INestApplication } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';

/** What the modules of an application have made; unlike `app.get` it may be asked for what is not there. */
export class Providers {
  private readonly instances: unknown[];

  constructor(app: INestApplication) {
    this.instances = app
      .get(DiscoveryService)
      .getProviders()
      .map(({ instance }: { instance: unknown }) => instance);
  }

  all<T>(type: abstract new (...parameters: never[]) => T): T[] {
    return [...new Set(this.instances)].filter((instance): instance is T => instance instanceof type);
  }
}
