import type { Scope } from '#libs/contracts';
import type { DataServiceLab } from './data-service.js';

/** A request whose answer, or body, is a file. */
export async function exchangeFile(
  lab: DataServiceLab,
  address: string,
  agency: string,
  upload?: { type: string; content: Uint8Array<ArrayBuffer> },
): Promise<{ status: number; headers: Headers; content: Buffer }> {
  const scopes: Scope[] = ['registry:read', 'registry:write'];
  const token = await lab['issuer'].token({ agency, scope: scopes.join(' ') });
  const response = await fetch(address, {
    method: upload ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${token}`, ...(upload && { 'content-type': upload.type }) },
    body: upload?.content,
  });
  const content = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, content };
}
