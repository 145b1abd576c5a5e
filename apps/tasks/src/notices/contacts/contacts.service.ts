import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { problem } from '#libs/contracts';
import { assertVersion, decodeCursor, type Page, toPage } from '#libs/http';
import { SecretSealer, TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { webhookProblem } from '#libs/webhooks';
import type { RecipientRole } from '../notice.entity.js';
import { secretOwner } from './contact-secrets.js';
import { type Channel, Contact } from './contact.entity.js';
import type { ListContactsQuery } from './contact.requests.js';
import { type ContactView, toContactView } from './contact.view.js';

export interface ContactContent {
  channel: Channel;
  role: RecipientRole;
  address: string;
  secret: string | null;
}

/** Contacts of agencies: kept by the agency itself, or by an administrator for it. */
@Injectable()
export class ContactsService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly reference: ReferenceData,
    private readonly sealer: SecretSealer,
    private readonly clock: Clock,
  ) {}

  /** Oldest first. @throws problem `not-found` for an unknown agency, `other-agency` */
  async list(actor: Actor, agency: string, query: ListContactsQuery): Promise<Page<ContactView>> {
    this.checkAccess(actor, agency);
    const filters = { agency };
    const after = decodeCursor<[string]>(query.cursor, filters, ['uuid']);
    const select = this.transactions.manager
      .createQueryBuilder(Contact, 'contact')
      .where('contact.agencyCode = :agency AND contact.active', { agency });
    if (after) select.andWhere('contact.id > :after', { after: after[0] });
    const rows = await select
      .orderBy('contact.id')
      .limit(query.limit + 1)
      .getMany();
    return toPage(rows.map(toContactView), query.limit, ({ id }) => [id], filters);
  }

  /**
   * Adds a contact; the same one again replaces its secret.
   * @throws problem `not-found` for an unknown agency, `other-agency`, `webhook-secrets-not-sealed`
   */
  add(actor: Actor, agency: string, content: ContactContent): Promise<ContactView> {
    this.checkAccess(actor, agency);
    const now = this.clock.now();
    return this.transactions.run(async (manager) => {
      const sealed = content.secret === null ? null : await this.sealed(agency, content, content.secret);
      await manager.query(
        `INSERT INTO contact (id, version, agency_code, channel, role, address, sealed_secret, active, created_at, updated_at)
         VALUES ($1, 1, $2, $3, $4, $5, $6, true, $7, $7)
         ON CONFLICT (agency_code, channel, role, address) DO UPDATE
           SET version = contact.version + 1, secret = NULL, sealed_secret = excluded.sealed_secret, active = true, updated_at = excluded.updated_at
           WHERE NOT contact.active OR contact.sealed_secret IS DISTINCT FROM excluded.sealed_secret`,
        [uuidv7(), agency, content.channel, content.role, content.address, sealed, now],
      );
      const { channel, role, address } = content;
      return toContactView(
        await manager.findOneByOrFail(Contact, { agencyCode: agency, channel, role, address }),
      );
    });
  }

  /** Withdraws a contact; its secret is forgotten. @throws problem `not-found`, `other-agency`, `stale-version` */
  withdraw(actor: Actor, agency: string, id: string, ifMatch: number | undefined): Promise<void> {
    this.checkAccess(actor, agency);
    return this.transactions.run(async (manager) => {
      const where = { id, agencyCode: agency, active: true };
      const contact = await manager.findOne(Contact, { where, lock: { mode: 'pessimistic_write' } });
      if (!contact) throw problem('not-found');
      assertVersion(contact.version, ifMatch);
      const version = contact.version + 1;
      await manager.query(
        `UPDATE contact SET version = $2, active = false, secret = NULL, sealed_secret = NULL, updated_at = $3 WHERE id = $1`,
        [id, version, this.clock.now()],
      );
    });
  }

  /** The seal that lies there already when it holds the same secret, so that nothing changes. */
  private async sealed(
    agencyCode: string,
    { channel, role, address }: ContactContent,
    secret: string,
  ): Promise<string> {
    if (!this.sealer.canSeal) throw webhookProblem('webhook-secrets-not-sealed');
    const where = { agencyCode, channel, role, address };
    const owner = secretOwner(where);
    const contact = await this.transactions.manager.findOneBy(Contact, where);
    const present = contact?.sealedSecret;
    if (present != null && this.sealer.open(present, owner).text === secret) return present;
    return this.sealer.seal(secret, owner);
  }

  private checkAccess(actor: Actor, code: string): void {
    const agency = this.reference.agency(code);
    if (!agency?.current || agency.kind === 'group') throw problem('not-found');
    if (!actor.has('admin') && actor.agency !== code) throw problem('other-agency');
  }
}
