import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../config.js';
import { TestIssuer } from '../testing/issuer.js';
import type { ClientView } from './client.dto.js';
import { PAGES_CLIENT_ID } from './pages-client.js';

describe("the client of the registry's pages", () => {
  let issuer: TestIssuer;

  beforeAll(async () => {
    issuer = await TestIssuer.start();
  });

  afterAll(async () => {
    await issuer.stop();
  });

  async function client(): Promise<ClientView | null> {
    const { status, body } = await issuer.api('GET', `/v1/clients/${PAGES_CLIENT_ID}`);
    return status === 404 ? null : (body as ClientView);
  }

  it('is made when the address of the registry is named first, in an old installation, too', async () => {
    expect(await client()).toBeNull();
    await issuer.restart({ registryUrl: 'http://127.0.0.1:8083' });
    const addresses = ['http://127.0.0.1:8083/exchange-log/', 'http://localhost:8083/exchange-log/'];
    expect(await client()).toMatchObject({
      kind: 'browser',
      firstParty: true,
      scopes: ['registry:read', 'sharing:request', 'sharing:decide'],
      redirectUris: addresses,
      postLogoutRedirectUris: addresses,
      version: 1,
    });
    await issuer.restart();
    expect(await client()).toMatchObject({ version: 1 });
  });

  it('follows the address, and keeps what an administrator has changed', async () => {
    await issuer.api('PATCH', `/v1/clients/${PAGES_CLIENT_ID}`, {
      name: 'Nhật ký',
      scopes: ['registry:read'],
    });
    await issuer.api('POST', `/v1/clients/${PAGES_CLIENT_ID}/disable`);
    await issuer.restart({ registryUrl: 'https://csdl.example.vn/danh-muc' });
    expect(await client()).toMatchObject({
      name: 'Nhật ký',
      scopes: ['registry:read'],
      disabledAt: expect.any(String) as unknown as string,
      redirectUris: ['https://csdl.example.vn/danh-muc/exchange-log/'],
    });
  });

  it.each(['http://csdl.example.vn', 'csdl.example.vn', 'https://csdl.example.vn/?a=1'])(
    'is not made for %s',
    (address) => {
      const environment = { DATABASE_URL: 'postgres://', REGISTRY_PUBLIC_URL: address };
      expect(() => readConfig(environment)).toThrow('REGISTRY_PUBLIC_URL');
    },
  );
});
