import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestIssuer } from '../../apps/identity/src/testing/issuer.js';
import { loginForToken, type PersonLogin } from './person-token.js';

const INITIAL = 'first-password-of-the-installation';
const CHOSEN = 'a password of her own';

let issuer: TestIssuer;
let asked: number;

beforeAll(async () => {
  issuer = await TestIssuer.start({ administratorPassword: INITIAL });
});

afterAll(async () => {
  await issuer.stop();
});

function login(username: string, password: string): PersonLogin {
  asked = 0;
  const choosePassword = (): Promise<string> => {
    asked += 1;
    return Promise.resolve(CHOSEN);
  };
  return { username, password, choosePassword };
}

async function people(token: string): Promise<number> {
  return (await issuer.api('GET', '/v1/people', undefined, { token })).status;
}

describe('the token of a person who logs in without a browser', () => {
  it('is an administrator’s, who chooses a password at the first login only', async () => {
    expect(await people(await loginForToken(issuer.url, login('admin', INITIAL), 'admin'))).toBe(200);
    expect(asked).toBe(1);
    expect(await people(await loginForToken(issuer.url, login('admin', CHOSEN), 'admin'))).toBe(200);
    expect(asked).toBe(0);
  });

  it('is not given for a wrong password, and the reason is told', async () => {
    const attempt = loginForToken(issuer.url, login('nobody', INITIAL), 'admin');
    await expect(attempt).rejects.toThrow('No login: The username or the password is wrong.');
  });

  it('is no administrator’s for whoever is none', async () => {
    const { password } = await issuer.addPerson('stc.nhatky', ['registry:read'], 'STC');
    const token = await loginForToken(issuer.url, login('stc.nhatky', password), 'admin').catch(() => '');
    expect(await people(token)).not.toBe(200);
  });
});
