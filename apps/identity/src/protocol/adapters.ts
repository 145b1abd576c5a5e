import { type Adapter, type AdapterFactory, type AdapterPayload, errors } from 'oidc-provider';
import type { Client } from '../clients/client.entity.js';
import type { ClientsService } from '../clients/clients.service.js';
import type { ProtocolRecords } from '../records/protocol-records.js';
import { toMetadata } from './client-metadata.js';

/** Where the protocol library reads clients, and keeps what it has to remember. */
export function adapterFactory(records: ProtocolRecords, clients: ClientsService): AdapterFactory {
  return (model) =>
    model === 'Client'
      ? new ClientAdapter((id) => clients.findActive(id))
      : new RecordAdapter(model, records);
}

class RecordAdapter implements Adapter {
  constructor(
    private readonly model: string,
    private readonly records: ProtocolRecords,
  ) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    await this.records.save(this.model, id, payload, expiresIn);
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return this.records.find(this.model, id);
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.records.findByUid(this.model, uid);
  }

  async consume(id: string): Promise<void> {
    // The library looks whether it was used, then marks it; of two requests in between one must lose.
    if (!(await this.records.consume(this.model, id))) {
      throw new errors.InvalidGrant('used by another request at the same moment');
    }
  }

  async destroy(id: string): Promise<void> {
    await this.records.remove(this.model, id);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await this.records.removeByGrant(this.model, grantId);
  }

  findByUserCode(): Promise<undefined> {
    return Promise.reject(new Error('the device flow is not in use'));
  }
}

/** Clients are changed through their own API; the library only looks them up. */
class ClientAdapter implements Adapter {
  constructor(private readonly lookUp: (id: string) => Promise<Client | null>) {}

  async find(id: string): Promise<AdapterPayload | undefined> {
    const client = await this.lookUp(id);
    return client ? toMetadata(client) : undefined;
  }

  upsert = readOnly;
  consume = readOnly;
  destroy = readOnly;
  revokeByGrantId = readOnly;
  findByUid = readOnly;
  findByUserCode = readOnly;
}

function readOnly(): Promise<undefined> {
  return Promise.reject(new Error('clients are only read here'));
}
