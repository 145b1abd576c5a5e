import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { JsonLdParser } from 'jsonld-streaming-parser';
import { Parser, type Quad, Store } from 'n3';
import SHACLValidator from 'rdf-validate-shacl';

/** Official shapes; no part of the product. */
const SHAPES = join(process.env['CONFORMANCE_DIR'] ?? '../shared/reference/conformance', 'dcat-ap-3.0.1');
export const HAS_SHAPES = existsSync(SHAPES);

/** Mandatory, recommended, and of which class values must be. */
const FILES = ['shapes.ttl', 'shapes_recommended.ttl', 'range.ttl'];

export function parseTurtle(text: string): Quad[] {
  return new Parser({ format: 'text/turtle' }).parse(text);
}

/** Refuses a context that would have to be fetched. */
export function parseJsonLd(text: string): Promise<Quad[]> {
  const documentLoader = { load: () => Promise.reject(new Error('the context must be inside')) };
  const parsed = new JsonLdParser({ documentLoader }).import(Readable.from([text]));
  const quads: Quad[] = [];
  return new Promise((resolve, reject) => {
    parsed.on('data', (quad: Quad) => quads.push(quad));
    parsed.on('error', reject);
    parsed.on('end', () => {
      resolve(quads);
    });
  });
}

/** Statements as sorted texts; blank nodes would make two equal graphs look different, and are refused. */
export function statementsOf(quads: readonly Quad[]): string[] {
  return quads
    .map(({ subject, predicate, object }) => {
      if (subject.termType === 'BlankNode' || object.termType === 'BlankNode')
        throw new Error('a blank node');
      const literal =
        object.termType === 'Literal' ? `^^${object.datatype.value}@${object.language.toLowerCase()}` : '';
      return `${subject.value} ${predicate.value} ${object.termType} ${object.value}${literal}`;
    })
    .sort();
}

/** Everything that the official shapes say against a graph, warnings included: severity, path, resource. */
export async function shapeResults(quads: readonly Quad[]): Promise<string[]> {
  const results: string[] = [];
  for (const file of FILES) {
    const shapes = new Store(parseTurtle(readFileSync(join(SHAPES, file), 'utf8')));
    const report = await new SHACLValidator(shapes).validate(new Store([...quads]));
    for (const { severity, path, focusNode, sourceConstraintComponent } of report.results) {
      const parts = [severity, path, sourceConstraintComponent].map((term) => nameOf(term.value));
      results.push(`${file}: ${parts.join(' ')} at ${focusNode.value}`);
    }
  }
  return results;
}

function nameOf(address: string | undefined): string {
  return address?.split(/[#/]/).at(-1) ?? '?';
}
