import { expand, type Graph, PREFIXES, type Value } from './graph.js';

/** The graph as Turtle. */
export async function turtleOf(graph: Graph): Promise<string> {
  // Needed by portals now and then: not loaded at the start of the service.
  const { DataFactory, Writer } = await import('n3');
  const objectOf = (value: Value) => {
    if ('iri' in value) return DataFactory.namedNode(value.iri);
    if ('language' in value) return DataFactory.literal(value.text, value.language);
    if ('datatype' in value)
      return DataFactory.literal(value.text, DataFactory.namedNode(expand(value.datatype)));
    return DataFactory.literal(value.text);
  };
  const writer = new Writer({ prefixes: PREFIXES });
  for (const { subject, statements } of graph.resources) {
    for (const { predicate, value } of statements) {
      writer.addQuad(
        DataFactory.namedNode(subject),
        DataFactory.namedNode(expand(predicate)),
        objectOf(value),
      );
    }
  }
  return new Promise((resolve, reject) => {
    writer.end((error, text: unknown) => {
      if (typeof text === 'string') resolve(text);
      else reject(error);
    });
  });
}
