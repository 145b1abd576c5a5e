import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../../apps/identity/src/config.js';

const ROOT = join(import.meta.dirname, '../..');

/** Lines of a service's block in a compose file, variables replaced as compose does it. */
function service(file: string, name: string, variables: Record<string, string> = {}): string {
  const text = interpolate(readFileSync(join(ROOT, file), 'utf8'), variables);
  const start = text.indexOf(`\n  ${name}:`, text.indexOf('\nservices:')) + '\n  '.length;
  return text.slice(start).split(/\n {0,2}(?=\S)/, 1)[0] ?? '';
}

/** From the innermost `${NAME:-default}` outwards. */
function interpolate(text: string, variables: Record<string, string>): string {
  const replaced = text.replace(
    /\$\{([A-Z_]+)(?::-([^${}]*)|:\?[^${}]*)?\}/g,
    (_all, name: string, otherwise: string | undefined) => variables[name] ?? otherwise ?? '',
  );
  return replaced === text ? text : interpolate(replaced, variables);
}

function setting(text: string, name: string): string {
  const found = new RegExp(`\\b${name}: (\\S+)$`, 'm').exec(text)?.[1];
  if (found === undefined) throw new Error(`no ${name} in:\n${text}`);
  return found;
}

/** What all processes are told, from the head of the file. */
function shared(file: string, variables: Record<string, string> = {}): string {
  const text = interpolate(readFileSync(join(ROOT, file), 'utf8'), variables);
  return text.slice(text.indexOf('x-environment:'), text.indexOf('\nx-', text.indexOf('x-environment:') + 1));
}

describe('the login of people in compose', () => {
  it.each<[string, Record<string, string>, string, string]>([
    ['by default', {}, '8085', '8083'],
    ['with ports of one’s own', { IOC_IDENTITY_PORT: '9085', IOC_REGISTRY_PORT: '9083' }, '9085', '9083'],
  ])('has one address of the issuer for browsers and containers, %s', (_when, variables, port, registry) => {
    const issuer = new URL(setting(shared('docker-compose.yml', variables), 'ISSUER_URL'));
    const identity = service('docker-compose.yml', 'identity', variables);
    // Browsers take names below .localhost for their own machine, containers find it as an alias.
    expect(issuer.hostname).toMatch(/\.localhost$/);
    expect(identity).toContain(`inside: { aliases: [${issuer.hostname}] }`);
    expect([issuer.port, setting(identity, 'PORT')]).toEqual([port, port]);
    expect(identity).toContain(`ports: ['127.0.0.1:${port}:${port}']`);
    expect(identityConfig(issuer.href, identity).registryUrl).toBe(`http://127.0.0.1:${registry}`);
  });

  it('is by https at the addresses that the proxy serves', () => {
    const variables = { IOC_HOST: 'ioc.example.vn', IOC_CERTIFICATES: '/srv/tls' };
    const proxy = interpolate(readFileSync(join(ROOT, 'deploy/docker/Caddyfile'), 'utf8'), {}).replaceAll(
      '{$IOC_HOST}',
      'ioc.example.vn',
    );
    const issuer = setting(shared('deploy/docker/https.yml', variables), 'ISSUER_URL');
    const identity = service('deploy/docker/https.yml', 'identity', variables);
    const { issuerUrl, registryUrl } = identityConfig(issuer, identity);
    expect(proxy).toMatch(new RegExp(`^${issuerUrl} \\{[^}]*reverse_proxy identity:`, 'm'));
    expect(proxy).toMatch(new RegExp(`^${String(registryUrl)} \\{[^}]*reverse_proxy registry:8083`, 'm'));
    const wall = setting(service('deploy/docker/https.yml', 'gateway', variables), 'IOC_PUBLIC_URL');
    expect(proxy).toMatch(new RegExp(`^${wall} \\{[^}]*reverse_proxy gateway:8080`, 'm'));
    expect(service('deploy/docker/https.yml', 'https', variables)).toContain(`aliases: ['ioc.example.vn']`);
  });
});

function identityConfig(issuer: string, identity: string): ReturnType<typeof readConfig> {
  return readConfig({
    DATABASE_URL: 'postgres://',
    ISSUER_URL: issuer,
    REGISTRY_PUBLIC_URL: setting(identity, 'REGISTRY_PUBLIC_URL'),
  });
}
