import type { Notice } from '../notice.entity.js';

/** A notice to be carried to one contact. */
export interface Consignment {
  /** Identifier of the delivery, the same at every try: a receiver can tell a repetition by it. */
  id: string;
  address: string;
  /** Agency whose contact it is. */
  agency: string;
  /** Key for a webhook's signature. */
  secret: string | null;
  notice: Pick<Notice, 'id' | 'kind' | 'about' | 'title' | 'text' | 'givenAt'>;
}

/** The receiver will never take it: further tries are of no use. */
export class PermanentFailure extends Error {}

/** One way of carrying notices. */
export interface Carrier {
  /**
   * Resolves once the receiver has taken the notice over.
   * @throws PermanentFailure, or any error that may pass
   */
  carry(consignment: Consignment): Promise<void>;

  /** Gives up connections that are kept open. */
  close(): Promise<void>;
}
