import { createServer } from 'node:http';
import {
  type CryptoKey,
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
} from 'jose';

interface SigningKey {
  kid: string;
  privateKey: CryptoKey;
  publicJwk: JWK;
}

/** A small real issuer over HTTP: discovery, keys, and tokens of whatever shape a test needs. */
export class LocalIssuer {
  requests = 0;
  private keys: SigningKey[] = [];
  private port = 0;
  private server = this.createServer();

  static async start(): Promise<LocalIssuer> {
    const issuer = new LocalIssuer();
    await issuer.rotate();
    await issuer.listen();
    return issuer;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  get publicJwk(): JWK {
    return this.current.publicJwk;
  }

  /** From now on tokens are signed by a new key; the old one stays published. */
  async rotate(): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const kid = `key-${String(this.keys.length + 1)}`;
    this.keys.push({
      kid,
      privateKey,
      publicJwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' },
    });
  }

  /** A good token unless `claims` or `header` say otherwise; a claim given as undefined is left out. */
  token(claims: JWTPayload = {}, header: Partial<JWTHeaderParameters> = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const payload = {
      iss: this.url,
      aud: 'urn:ioc',
      sub: 'system-1',
      client_id: 'system-1',
      iat: now,
      exp: now + 60,
      scope: 'tasks:read',
      agency: 'SKHCN',
      ...claims,
    };
    return new SignJWT(payload)
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: this.current.kid, ...header })
      .sign(this.current.privateKey);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Back at the same address. */
  async restart(): Promise<void> {
    this.server = this.createServer();
    await this.listen();
  }

  private get current(): SigningKey {
    const key = this.keys.at(-1);
    if (!key) {
      throw new Error('no key yet');
    }
    return key;
  }

  private listen(): Promise<void> {
    return new Promise((resolve) => {
      this.server.listen(this.port, '127.0.0.1', () => {
        this.port = (this.server.address() as { port: number }).port;
        resolve();
      });
    });
  }

  private createServer() {
    return createServer((request, response) => {
      this.requests += 1;
      const body =
        request.url === '/keys'
          ? { keys: this.keys.map((key) => key.publicJwk) }
          : { issuer: this.url, jwks_uri: `${this.url}/keys` };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    });
  }
}
