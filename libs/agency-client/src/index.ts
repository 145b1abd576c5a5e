export {
  AccessEnded,
  AgencyClient,
  type FollowOptions,
  type OwnRecord,
  type SharedEventHandler,
} from './agency-client.js';
export { fetchGrantAccess, type GrantAccess, type GrantConnection } from './grant-access.js';
export type { SharedEvent } from './shared-event.js';
