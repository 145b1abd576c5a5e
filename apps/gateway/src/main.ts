import { startService } from '#libs/http';
import { readConfig } from './config.js';
import { DisplayActorResolver } from './display/display-actor-resolver.js';
import { DisplayModule } from './display/display.module.js';
import { GatewayModule } from './gateway.module.js';
import { serveWall } from './wall/serve-wall.js';

const config = readConfig();

await startService({
  name: 'gateway',
  module: GatewayModule.forRoot(config),
  title: 'IOC gateway',
  description: 'One live picture of tasks, budget, registry and staffing for the operations centre',
  auth: { resolvers: [DisplayActorResolver], imports: [DisplayModule.forRoot(config)] },
  configure: serveWall,
});
