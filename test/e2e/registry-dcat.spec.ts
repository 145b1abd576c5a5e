import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DATABASE_KINDS,
  REGISTRY_PUBLICATION_CHANGED,
  REGISTRY_PUBLICATION_STATED,
  type RegistryDatabaseState,
  type RegistryPublicationState,
} from '#libs/contracts';
import type { Quad } from 'n3';
import { registryService } from '../../apps/registry/src/service.js';
import { type Caller, codeOf, DataServiceLab, faultsOf, good, itemsOf } from './data-service.js';
import { HAS_SHAPES, parseJsonLd, parseTurtle, shapeResults, statementsOf } from './dcat-shapes.js';
import { checkAgainstSchemas } from './event-contract.js';
import {
  CATALOGUE,
  datasetOf,
  DCAT,
  DCT,
  EU,
  FULL,
  named,
  objects,
  ORIGIN,
  Portal,
} from './registry-dcat-lab.js';

let lab: DataServiceLab;
let base: string;
let portal: Portal;
let keeper: Caller;
let owner: Caller;
let stranger: Caller;
let made = 0;

beforeAll(async () => {
  lab = await DataServiceLab.open('registry', (config) => registryService({ ...config, publicUrl: ORIGIN }));
  base = await lab.start();
  portal = new Portal(lab, base);
  const as = (agency: string) => lab.as(base, agency, 'registry:read', 'registry:write');
  [keeper, owner, stranger] = (await Promise.all(['SKHCN', 'SDL', 'SGDDT'].map(as))) as [
    Caller,
    Caller,
    Caller,
  ];
});

afterAll(async () => {
  await lab.close();
});

function database(change: Record<string, unknown> = {}): Promise<RegistryDatabaseState> {
  made += 1;
  const json = { name: `CSDL mở ${made}`, kind: 'provincial', owner: 'SDL', ...change };
  return good(keeper('/v1/databases', { json }));
}

const publication = (id: string, json: object, who = owner) =>
  who(`/v1/databases/${id}/publication`, { json });
const republish = (id: string, json: object, headers: Record<string, string> = {}, who = owner) =>
  who(`/v1/databases/${id}/publication`, { method: 'PATCH', json, headers });

async function databaseCount(): Promise<number> {
  return itemsOf(await keeper('/v1/databases?limit=500')).length;
}

function anHourLater(): void {
  lab.clock.set(new Date(lab.clock.now().getTime() + 3_600_000));
}

const describeIf = HAS_SHAPES ? describe : describe.skip;

describeIf('the catalogue against the official shapes of DCAT-AP 3.0.1 (CONFORMANCE_DIR)', () => {
  it('conforms while nothing is open', async () => {
    const quads = await portal.turtle('/v1/catalog.ttl');
    expect(named(quads)).toEqual([]);
    expect(await shapeResults(quads)).toEqual([]);
  });

  it('conforms with databases of every kind, empty and full', async () => {
    for (const kind of DATABASE_KINDS) {
      await database({ kind, owner: null });
      const full = await database({
        kind,
        code: `CSDL-${kind.toUpperCase()}`,
        scope: 'Toàn tỉnh',
        sharingScope: 'internal',
        source: { document: 'Công văn thử', clause: 'Mục 1', asOf: '2026-03-01' },
        lifecycle: 'in-operation',
        lifecycleOn: '2026-01-01',
      });
      await good(publication(full.id, FULL));
      const sparse = await database({ kind, sharingScope: 'province' });
      await good(publication(sparse.id, { access: 'open' }));
    }
    for (const known of [false, true]) {
      const found = await portal.pages('/v1/catalog.ttl?limit=5', known);
      const seen = known ? await databaseCount() : 6;
      expect(found.length).toBe(Math.ceil(seen / 5));
      for (const quads of found) expect(await shapeResults(quads)).toEqual([]);
      expect(found.flatMap(named).length).toBe(seen);
    }
  });

  it('conforms dataset by dataset, and would not with a slip', async () => {
    const [one] = named(await portal.turtle('/v1/catalog.ttl'));
    const quads = await portal.turtle(`/v1/catalog/datasets/${String(one)}`);
    expect(await shapeResults(quads)).toEqual([]);
    const less = (gone: string) => quads.filter(({ predicate }) => predicate.value !== gone);
    const address = datasetOf(String(one));
    expect(await shapeResults(less(`${DCT}title`))).toContain(
      `shapes.ttl: Violation title MinCountConstraintComponent at ${address}`,
    );
    expect(await shapeResults(less(`${DCT}temporal`))).toEqual([
      `shapes_recommended.ttl: Warning temporal MinCountConstraintComponent at ${address}`,
    ]);
    const untyped = quads.filter(({ object }) => object.value !== `${DCT}Location`);
    expect(await shapeResults(untyped)).toEqual([
      `range.ttl: Violation spatial ClassConstraintComponent at ${address}`,
    ]);
  });
});

describe('the catalogue', () => {
  it('holds the same graph in Turtle and in JSON-LD, whose context is inside', async () => {
    const [ttl, jsonld] = await Promise.all([
      portal.ask('/v1/catalog.ttl', true),
      portal.ask('/v1/catalog.jsonld', true),
    ]);
    expect(ttl.headers.get('content-type')).toBe('text/turtle; charset=utf-8');
    expect(jsonld.headers.get('content-type')).toMatch(/^application\/ld\+json/);
    const text = (await jsonld.text()).replaceAll('catalog.jsonld?', 'catalog.ttl?');
    const statements = statementsOf(await parseJsonLd(text));
    expect(statements.length).toBeGreaterThan(100);
    expect(statements).toEqual(statementsOf(parseTurtle(await ttl.text())));
  });

  it('tells what the owner stated, what the registry knows, and nothing else', async () => {
    const { id } = await database({ scope: 'Phạm vi' });
    const sparse = await database();
    await good(publication(id, FULL));
    await good(publication(sparse.id, { access: 'shared' }));
    await lab.rows(`INSERT INTO registry_quality (id, version, frequency, last_update_at)
      VALUES ('${id}', 1, 'monthly', '2026-04-01T00:00:00Z')`);
    const quads = await portal.turtle('/v1/catalog.ttl', true);
    const about = (subject: string, name: string) => objects(quads, subject, name);
    const full = datasetOf(id);
    expect(about(full, `${DCT}title`)).toEqual(['CSDL mở ' + String(made - 1), 'Tourism sites']);
    expect(about(full, `${DCT}description`)).toEqual([FULL.description]);
    expect(about(full, `${DCAT}theme`)).toEqual([`${EU}/data-theme/ENVI`, `${EU}/data-theme/TRAN`]);
    expect(about(full, `${DCT}accrualPeriodicity`)).toEqual([`${EU}/frequency/MONTHLY`]);
    expect(about(full, `${DCT}modified`)).toEqual(['2026-04-01T00:00:00.000Z']);
    expect(about(full, `${DCT}accessRights`)).toEqual([`${EU}/access-right/PUBLIC`]);
    expect(about(full, `${DCAT}landingPage`)).toEqual(['https://example.org/du%20l%E1%BB%8Bch']);
    expect(about(full, `${DCAT}distribution`)).toHaveLength(3);
    expect(about(`${full}#distribution-1`, `${DCT}license`)).toEqual([
      'https://example.org/licence?x=%7By%7D%7Cz',
    ]);
    expect(about(`${full}#dataset-contact`, 'http://www.w3.org/2006/vcard/ns#hasTelephone')).toEqual([
      'tel:02583123456',
    ]);

    const unknown = datasetOf(sparse.id);
    for (const left of ['accrualPeriodicity', 'modified', 'language', 'provenance']) {
      expect(about(unknown, DCT + left)).toEqual([]);
    }
    expect(about(unknown, `${DCT}accessRights`)).toEqual([`${EU}/access-right/RESTRICTED`]);
    expect(about(unknown, `${DCAT}theme`)).toEqual([`${EU}/data-theme/OP_DATPRO`]);
    expect(about(unknown, `${DCT}temporal`)).toEqual([`${CATALOGUE}#period-not-determined`]);
    expect(about(`${unknown}#access`, `${DCAT}accessURL`)).toEqual([unknown]);
    expect(about(`${unknown}#access`, `${DCT}license`)).toEqual([`${CATALOGUE}#licence-not-determined`]);
    expect(about(`${CATALOGUE}#province`, `${DCAT}bbox`)).toEqual([
      'POLYGON((108 8, 112 8, 112 13, 108 13, 108 8))',
    ]);
  });

  it('tells of the services through which agencies get the data', async () => {
    const provider = await lab.as(base, 'SDL', 'registry:read', 'registry:write', 'sharing:decide');
    const { id } = await database();
    await good(publication(id, { access: 'open' }));
    for (const [slug, classification] of [
      ['diem-den', 'open'],
      ['doanh-thu', 'shared'],
    ]) {
      const title = { vi: `Dữ liệu ${String(slug)}`, en: String(slug) };
      const fields = [{ name: 'ten', type: 'string' }];
      const json = { slug, classification, databaseId: id, title, meaning: title, fields };
      await good(provider('/v1/datasets', { json }));
    }
    const address = datasetOf(id);
    const services = (quads: readonly Quad[]) => objects(quads, `${address}#access`, `${DCAT}accessService`);
    expect(services(await portal.turtle(address, true))).toEqual([
      `${address}#sharing-sdl-diem-den`,
      `${address}#sharing-sdl-doanh-thu`,
    ]);
    const known = await portal.turtle(address);
    expect(services(known)).toEqual([`${address}#sharing-sdl-diem-den`]);
    expect(objects(known, `${address}#sharing-sdl-diem-den`, `${DCAT}endpointURL`)).toEqual([
      `${ORIGIN}/v1/feeds`,
    ]);
    if (HAS_SHAPES) expect(await shapeResults(await portal.turtle(address, true))).toEqual([]);
  });

  it('shows everybody what is open and no more, and refuses a token that may not read', async () => {
    const { id } = await database();
    expect((await portal.ask(datasetOf(id))).status).toBe(404);
    expect((await portal.ask(datasetOf(id), true)).status).toBe(200);
    const before = named(await portal.turtle('/v1/catalog.ttl?limit=200'));
    expect(before).not.toContain(id);
    await good(publication(id, { access: 'open' }));
    expect(named(await portal.turtle('/v1/catalog.ttl?limit=200'))).toEqual([...before, id].sort());
    expect((await portal.ask(datasetOf(id))).status).toBe(200);
    const other = await lab.token('SDL', 'tasks:read');
    const refused = await portal.ask('/v1/catalog.ttl', false, { authorization: `Bearer ${other}` });
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
      403,
      'insufficient-scope',
    ]);
    expect((await portal.ask('/v1/catalog.ttl', false, { authorization: 'Bearer x' })).status).toBe(401);
  });

  it('leads from its name to the form that is asked for', async () => {
    const lead = async (accept: string) => {
      const response = await portal.ask('/v1/catalog?limit=7', false, { accept });
      return [response.status, response.headers.get('location')];
    };
    expect(await lead('application/ld+json')).toEqual([303, `${CATALOGUE}.jsonld?limit=7`]);
    expect(await lead('text/turtle')).toEqual([303, `${CATALOGUE}.ttl?limit=7`]);
    const [id] = named(await portal.turtle('/v1/catalog.ttl'));
    const response = await portal.ask(datasetOf(String(id)), false, { accept: 'application/ld+json' });
    expect(response.headers.get('content-type')).toMatch(/^application\/ld\+json/);
    expect(named(await parseJsonLd(await response.text()))).toEqual([id]);
  });

  it('answers 304 until something changes', async () => {
    const first = await portal.ask('/v1/catalog.ttl');
    const tag = first.headers.get('etag') ?? '';
    expect(first.headers.get('last-modified')).toMatch(/GMT$/);
    expect(first.headers.get('cache-control')).toBe('public, no-cache');
    const again = await portal.ask('/v1/catalog.ttl', false, { 'if-none-match': tag });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const [id] = named(parseTurtle(await first.text()));
    await good(republish(String(id), { keywords: ['từ khóa mới'] }));
    expect((await portal.ask('/v1/catalog.ttl', false, { 'if-none-match': tag })).status).toBe(200);
  });

  it('tells what changed since an instant, and what is not open any longer', async () => {
    anHourLater();
    const since = lab.clock.now().toISOString();
    const path = `/v1/catalog.ttl?changedSince=${since}`;
    expect(named(await portal.turtle(path))).toEqual([]);
    const [closed, changed] = named(await portal.turtle('/v1/catalog.ttl')) as [string, string];
    await good(republish(closed, { access: 'restricted' }));
    await good(republish(changed, { englishTitle: 'Changed' }));
    const quads = await portal.turtle(path);
    expect(named(quads)).toEqual([changed]);
    const gone = objects(quads, datasetOf(closed), 'http://www.w3.org/ns/prov#invalidatedAtTime');
    expect(gone).toEqual([since]);
    expect(named(await portal.turtle(path, true))).toEqual([closed, changed].sort());
    anHourLater();
    expect(
      named(await portal.turtle(`/v1/catalog.ttl?changedSince=${lab.clock.now().toISOString()}`)),
    ).toEqual([]);
  });
});

describe('what an owner states for portals', () => {
  it('is the owner’s, checked, versioned, and told by events', async () => {
    const { id } = await database();
    expect(codeOf(await owner(`/v1/databases/${id}/publication`))).toEqual([404, 'not-found']);
    expect(codeOf(await publication(id, { access: 'open' }, stranger))).toEqual([403, 'other-agency']);
    expect(
      faultsOf(await publication(id, { ...FULL, period: { from: '2026-01-02', to: '2026-01-01' } })),
    ).toEqual(['period.to: too-small']);
    const stated = await good<RegistryPublicationState>(publication(id, FULL));
    expect(stated).toMatchObject({ version: 1, database: { id }, ...FULL, landingPage: FULL.landingPage });
    expect(codeOf(await publication(id, FULL))).toEqual([409, 'conflict']);
    const changed = await good<RegistryPublicationState>(
      republish(id, { access: 'shared' }, { 'if-match': '"1"' }),
    );
    expect(changed).toMatchObject({ version: 2, access: 'shared', keywords: FULL.keywords });
    expect(codeOf(await republish(id, { access: 'open' }, { 'if-match': '"1"' }))).toEqual([
      412,
      'stale-version',
    ]);
    expect(codeOf(await republish(id, { access: 'open' }, {}, stranger))).toEqual([403, 'other-agency']);
    const lines = itemsOf(await owner(`/v1/databases/${id}/publication/history`));
    expect(lines.map(({ action, changed: fields }) => [action, fields])).toEqual([
      ['changed', ['access']],
      ['stated', []],
    ]);
    const events = (await lab.events()).filter(({ subject }) =>
      subject.startsWith('ioc.registry.publication.'),
    );
    const { types, faults } = checkAgainstSchemas(events);
    expect(faults).toEqual([]);
    expect(types).toEqual([REGISTRY_PUBLICATION_CHANGED, REGISTRY_PUBLICATION_STATED]);
  });
});
