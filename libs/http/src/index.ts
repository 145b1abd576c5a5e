export { Agencies, type KnownAgency } from './agencies/agencies.js';
export { AgenciesModule } from './agencies/agencies.module.js';
export { AgencyView } from './agencies/agency.view.js';
export * from './fields/decorators.js';
export { type Fault, type FaultCode, type FieldError, fieldProblem, type Texts } from './fields/faults.js';
export * as kinds from './fields/kinds.js';
export { isCalendarDate } from './fields/kinds.js';
export { CodeParam, UuidParam } from './fields/parameters.js';
export { SourceBody } from './fields/source.body.js';
export { normaliseText } from './fields/text.js';
export { FILE_SCHEMA, fileAnswer } from './files/file-answer.js';
export { httpMigrations, IdempotencyKeyTable1767225600000 } from './idempotency/idempotency-table.js';
export {
  CursorQuery,
  decodeCursor,
  DEFAULT_LIMIT,
  encodeCursor,
  MAX_LIMIT,
  type Position,
  type PositionKind,
} from './paging/cursor.js';
export { writeOpenApi } from './openapi/write.js';
export { serveBuiltPage } from './pages/built-page.js';
export { type Page, PageOf, toPage } from './paging/page.js';
export { type ProblemDocument, type Refusal, refusalsOf } from './problems/render.js';
export { readFileBodies } from './requests/file-bodies.js';
export { PAGE_CONTENT_SECURITY_POLICY, pageContentSecurityPolicy } from './requests/security-headers.js';
export { whenClosed } from './requests/when-closed.js';
export { foldVietnamese } from '#libs/reference';
export { Round } from './rounds/round.js';
export { Rounds } from './rounds/rounds.js';
export { RoundsModule } from './rounds/rounds.module.js';
export { likeContaining, likeFolded } from './search/fold.js';
export { createService } from './service/create-service.js';
export { dataService } from './service/data-service.js';
export { numberSetting, optionalSetting, requiredSetting } from './service/environment.js';
export type { ServiceOptions } from './service/options.js';
export { readServiceConfig, type ServiceConfig } from './service/service-config.js';
export { startService } from './service/start-service.js';
export { assertVersion, IfMatch, type IfMatchOptions } from './versions/if-match.js';
export { CreatedAt } from './versions/location.js';
export {
  LimitedThreads,
  ThreadFailure,
  type ThreadFailureReason,
  type ThreadLimits,
} from './threads/limited-threads.js';
