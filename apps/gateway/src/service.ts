import type { ServiceOptions } from '#libs/http';
import type { GatewayConfig } from './config.js';
import { DisplayActorResolver } from './display/display-actor-resolver.js';
import { DisplayModule } from './display/display.module.js';
import { GatewayModule } from './gateway.module.js';
import { serveWall } from './wall/serve-wall.js';

/** What makes the gateway out of its settings; the same for the process, its tests and its API document. */
export function gatewayService(config: GatewayConfig): ServiceOptions {
  return {
    name: 'gateway',
    module: GatewayModule.forRoot(config),
    title: 'IOC gateway',
    description: 'One live picture of tasks, budget, registry and staffing for the operations centre',
    auth: { resolvers: [DisplayActorResolver], imports: [DisplayModule.forRoot(config)] },
    configure: serveWall,
  };
}
