import type { Quad } from 'n3';
import type { DataServiceLab } from './data-service.js';
import { parseTurtle } from './dcat-shapes.js';

export const ORIGIN = 'https://csdl.example.vn/registry';
export const CATALOGUE = `${ORIGIN}/v1/catalog`;
export const DCAT = 'http://www.w3.org/ns/dcat#';
export const DCT = 'http://purl.org/dc/terms/';
const HYDRA = 'http://www.w3.org/ns/hydra/core#';
export const EU = 'http://publications.europa.eu/resource/authority';

export const FULL = {
  access: 'open',
  englishTitle: 'Tourism sites',
  description: 'Các điểm du lịch, "nổi tiếng"\\ và mới.\nCập nhật hằng tháng.',
  themes: ['TRAN', 'ENVI'],
  keywords: ['du lịch', 'điểm đến'],
  languages: ['vi', 'en'],
  licence: { name: 'Giấy phép thử', url: 'https://example.org/licence?x={y}|z' },
  landingPage: 'https://example.org/du lịch',
  period: { from: '2020-01-01', to: '2025-12-31' },
  contact: { name: 'Phòng Dữ liệu', email: 'dulieu@example.vn', phone: '0258 3 123 456' },
  distributions: [
    {
      title: 'Tệp CSV',
      description: null,
      accessUrl: 'https://example.org/a',
      downloadUrl: 'https://example.org/a.csv',
      format: 'CSV',
      availability: 'stable',
    },
    {
      title: 'Tệp khác',
      description: 'Chưa rõ định dạng',
      accessUrl: 'https://example.org/b',
      downloadUrl: null,
      format: null,
      availability: null,
    },
  ],
  services: [
    {
      title: 'API du lịch',
      endpointUrl: 'https://example.org/api',
      descriptionUrl: 'https://example.org/api/openapi.json',
      standardUrl: null,
    },
  ],
};

export function objects(quads: readonly Quad[], subject: string, predicate: string): string[] {
  const found = quads.filter((quad) => quad.subject.value === subject && quad.predicate.value === predicate);
  return found.map(({ object }) => object.value).sort();
}

export const datasetOf = (id: string) => `${CATALOGUE}/datasets/${id}`;
export const named = (quads: readonly Quad[]) =>
  objects(quads, CATALOGUE, `${DCAT}dataset`).flatMap(
    (address) => /datasets\/(.*)$/.exec(address)?.[1] ?? [],
  );

/** Reads the catalogue as an open-data portal does. */
export class Portal {
  constructor(
    private readonly lab: DataServiceLab,
    private readonly base: string,
  ) {}

  /** @param known as a reader of the registry, else as everybody */
  async ask(path: string, known = false, headers: Record<string, string> = {}): Promise<Response> {
    const token = known ? await this.lab.token('SKHCN', 'registry:read') : null;
    const address = path.startsWith(ORIGIN) ? this.base + path.slice(ORIGIN.length) : this.base + path;
    return fetch(address, {
      redirect: 'manual',
      headers: { ...(token !== null && { authorization: `Bearer ${token}` }), ...headers },
    });
  }

  /** @throws Error for another answer than 200 */
  async turtle(path: string, known = false): Promise<Quad[]> {
    const response = await this.ask(path, known);
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return parseTurtle(await response.text());
  }

  /** All pages from one on, each with its statements. */
  async pages(path: string, known = false): Promise<Quad[][]> {
    const found: Quad[][] = [];
    let next: string | undefined = path;
    while (next !== undefined) {
      const quads: Quad[] = await this.turtle(next, known);
      found.push(quads);
      next = quads.find(({ predicate }) => predicate.value === `${HYDRA}next`)?.object.value;
    }
    return found;
  }
}
