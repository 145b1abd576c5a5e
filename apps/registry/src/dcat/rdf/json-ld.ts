import { type Graph, PREFIXES, type Value } from './graph.js';

type Node = Record<string, unknown>;

/** The graph as flattened JSON-LD 1.1, with its context inside. */
export function jsonLdOf(graph: Graph): string {
  const nodes = graph.resources.map(({ subject, statements }) => {
    const node: Node = { '@id': subject };
    const values = new Map<string, unknown[]>();
    for (const { predicate, value } of statements) {
      const [key, written] =
        predicate === 'rdf:type' && 'iri' in value
          ? ['@type', compact(value.iri)]
          : [predicate, objectOf(value)];
      values.set(key, [...(values.get(key) ?? []), written]);
    }
    for (const [key, list] of values) node[key] = list.length === 1 ? list[0] : list;
    return node;
  });
  return JSON.stringify({ '@context': PREFIXES, '@graph': nodes });
}

function objectOf(value: Value): unknown {
  if ('iri' in value) return { '@id': value.iri };
  if ('language' in value) return { '@value': value.text, '@language': value.language };
  if ('datatype' in value) return { '@value': value.text, '@type': value.datatype };
  return value.text;
}

function compact(type: string): string {
  const [prefix, namespace] = Object.entries(PREFIXES).find(([, start]) => type.startsWith(start)) ?? [];
  return prefix === undefined || namespace === undefined ? type : `${prefix}:${type.slice(namespace.length)}`;
}
