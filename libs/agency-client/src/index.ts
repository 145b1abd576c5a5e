export {
  AgencyClient,
  type ConnectOptions,
  type FollowOptions,
  type OwnRecord,
  type SharedEventHandler,
} from './agency-client.js';
export type { Renewal } from './bus-link.js';
export { AccessEnded, fetchGrantAccess, type GrantAccess, type GrantConnection } from './grant-access.js';
export type { SharedEvent } from './shared-event.js';
