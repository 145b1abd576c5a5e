import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import { SecretSealer, TransactionScope } from '#libs/persistence';
import { secretOwner } from '../contacts/contact-secrets.js';
import type { Channel } from '../contacts/contact.entity.js';
import type { RecipientRole } from '../notice.entity.js';
import type { Recipient } from '../recipients.js';
import type { Consignment } from './carrier.js';
import { DeliverySettings } from './delivery-settings.js';

const MINUTE = 60_000;
/** Pauses after the first, second … failed try; after the try that follows the last one it is given up. */
const BACK_OFF = [1, 5, 30, 120, 360, 1_440].map((minutes) => minutes * MINUTE);
const MOST_ATTEMPTS = BACK_OFF.length + 1;
/** Longer than any carrier takes; after a crash another process takes over when it has passed. */
const LEASE = 3 * MINUTE;
const LONGEST_ERROR = 500;

/** A delivery that this process holds the lease of. */
export interface Claim extends Consignment {
  channel: Channel;
  /** Number of this try, from 1: the mark of this lease. */
  attempt: number;
  /** False when the contact was withdrawn meanwhile. */
  contactActive: boolean;
}

interface ClaimedRow {
  id: string;
  channel: Channel;
  address: string;
  agency: string;
  attempts: number;
  role: RecipientRole;
  sealed: string | null;
  active: boolean;
  notice: string;
  kind: Consignment['notice']['kind'];
  about: Consignment['notice']['about'];
  title: string;
  text: string;
  givenAt: Date;
}

/** The table of deliveries: planned with the notice, claimed by one process at a time, settled by what came of it. */
@Injectable()
export class DeliveryBook {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly settings: DeliverySettings,
    private readonly sealer: SecretSealer,
    private readonly clock: Clock,
  ) {}

  /**
   * Puts a notice into the recipients' inboxes and plans a delivery to each of their contacts, in the transaction of the
   * notice. What is for a role that an agency has no contact for goes to its desk; a mailbox that serves several roles
   * or agencies gets one mail.
   */
  address(noticeId: string, recipients: readonly Recipient[]): void {
    this.transactions.send({
      name: 'address-notice',
      text: ADDRESS_NOTICE,
      values: [
        noticeId,
        recipients.map(({ agency }) => agency),
        recipients.map(({ role }) => role),
        this.settings.channels,
        this.clock.now(),
      ],
    });
  }

  /** Takes up to `count` due deliveries for this process alone. */
  claim(count: number): Promise<Claim[]> {
    const now = this.clock.now();
    return this.transactions.run(async (manager) => {
      const rows: ClaimedRow[] = await manager.query(
        `WITH due AS (
           SELECT id FROM delivery
           WHERE state = 'waiting' AND next_attempt_at <= $1 AND attempts < $2 AND channel = ANY($3)
             AND (leased_until IS NULL OR leased_until <= $1)
           ORDER BY next_attempt_at, id LIMIT $4 FOR UPDATE SKIP LOCKED),
         claimed AS (
           UPDATE delivery d SET attempts = d.attempts + 1, leased_until = $5 FROM due WHERE d.id = due.id
           RETURNING d.*)
         SELECT d.id, d.channel, d.address, d.agency_code AS agency, d.attempts, c.sealed_secret AS sealed, c.role, c.active,
           n.id AS notice, n.kind, n.about, n.title, n.text, n.given_at AS "givenAt"
         FROM claimed d JOIN contact c ON c.id = d.contact_id JOIN notice n ON n.id = d.notice_id`,
        [now, MOST_ATTEMPTS, this.settings.channels, count, new Date(now.getTime() + LEASE)],
      );
      return rows.map((row) => toClaim(row, this.secretOf(row)));
    });
  }

  /** Gives up what was cut off by a crash at its last try. */
  async giveUpCutOff(): Promise<void> {
    await this.write(
      `UPDATE delivery SET state = 'failed', last_error = 'the sending process ended during the last try'
       WHERE state = 'waiting' AND attempts >= $1 AND leased_until <= $2`,
      [MOST_ATTEMPTS, this.clock.now()],
    );
  }

  async delivered(claim: Claim): Promise<void> {
    await this.write(
      `UPDATE delivery SET state = 'delivered', delivered_at = $3, leased_until = NULL, last_error = NULL
       WHERE id = $1 AND attempts = $2 AND state = 'waiting'`,
      [claim.id, claim.attempt, this.clock.now()],
    );
  }

  /** @param final no further try; @returns whether it was given up */
  async failed(claim: Claim, reason: string, final: boolean): Promise<boolean> {
    const pause = final ? undefined : BACK_OFF[claim.attempt - 1];
    const next = new Date(this.clock.now().getTime() + (pause ?? 0));
    await this.write(
      `UPDATE delivery SET state = $3, last_error = $4, next_attempt_at = $5, leased_until = NULL
       WHERE id = $1 AND attempts = $2 AND state = 'waiting'`,
      [
        claim.id,
        claim.attempt,
        pause === undefined ? 'failed' : 'waiting',
        reason.slice(0, LONGEST_ERROR),
        next,
      ],
    );
    return pause === undefined;
  }

  /** Null when it has none, or none of the keys opens it: then the carrier says so, and it is tried again. */
  private secretOf({ sealed, agency: agencyCode, channel, role, address }: ClaimedRow): string | null {
    if (sealed === null) return null;
    try {
      return this.sealer.open(sealed, secretOwner({ agencyCode, channel, role, address })).text;
    } catch {
      return null;
    }
  }

  private async write(statement: string, values: unknown[]): Promise<void> {
    await this.transactions.run((manager) => manager.query(statement, values));
  }
}

const ADDRESS_NOTICE = `
  WITH r AS (
    INSERT INTO notice_recipient (notice_id, agency_code, role) SELECT $1, * FROM unnest($2::text[], $3::text[])
    RETURNING agency_code, role)
  INSERT INTO delivery (id, notice_id, contact_id, agency_code, channel, address, state, attempts, next_attempt_at)
  SELECT DISTINCT ON (c.channel, CASE c.channel WHEN 'email' THEN c.address ELSE c.id::text END)
    gen_random_uuid(), $1, c.id, c.agency_code, c.channel, c.address, 'waiting', 0, $5
  FROM r
  JOIN contact c ON c.agency_code = r.agency_code AND c.active AND c.channel = ANY ($4)
  WHERE c.role = r.role OR c.role = 'desk' AND NOT EXISTS (
    SELECT 1 FROM contact own
    WHERE own.agency_code = r.agency_code AND own.role = r.role AND own.active AND own.channel = ANY ($4))`;

function toClaim(row: ClaimedRow, secret: string | null): Claim {
  const { id, channel, address, agency, attempts, sealed: _, role: __, active, notice, ...content } = row;
  const consignment = { id, address, agency, secret, notice: { id: notice, ...content } };
  return { ...consignment, channel, attempt: attempts, contactActive: active };
}
