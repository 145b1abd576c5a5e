/** A failure whose message alone tells the administrator what to do; shown without a stack trace. */
export class UserError extends Error {
  override name = 'UserError';
}
