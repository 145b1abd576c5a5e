import {
  DATABASE_KINDS,
  type DatabaseKind,
  type Lifecycle,
  LIFECYCLES,
  LIST_PURPOSES,
  SYSTEM_KINDS,
  type SystemKind,
} from '#libs/contracts';
import catalogue from '../../data/catalogue.json' with { type: 'json' };
import type { EntryContent } from '../catalogue/entry-state.js';
import { contentOf } from '../lists/list.requests.js';
import type { ListContent } from '../lists/lists.service.js';

type Row = (typeof catalogue.databases)[number] | (typeof catalogue.systems)[number];

/** The databases that the source documents name, in the order of the file. */
export function seedDatabases(): EntryContent<DatabaseKind>[] {
  return catalogue.databases.map((row) => toContent(row, oneOf(DATABASE_KINDS, row.kind)));
}

/** The information systems, platforms and portals that the source documents name. */
export function seedSystems(): EntryContent<SystemKind>[] {
  return catalogue.systems.map((row) => toContent(row, oneOf(SYSTEM_KINDS, row.kind)));
}

/** Lists that the source documents speak of. They do not name the databases on them: administrators enter these. */
export function seedLists(): ListContent[] {
  return catalogue.lists.map(({ source, note, purpose, ...list }) => {
    const { title } = catalogue.documents[source.document as keyof typeof catalogue.documents];
    const from = `Nguồn: ${title}, ${source.clause}.`;
    return contentOf({ ...list, purpose: oneOf(LIST_PURPOSES, purpose), note: `${from} ${note}` });
  });
}

function toContent<Kind extends string>(row: Row, kind: Kind): EntryContent<Kind> {
  const document = catalogue.documents[row.source.document as keyof typeof catalogue.documents];
  const lifecycle: Lifecycle = oneOf(LIFECYCLES, row.lifecycle);
  const isAttested = lifecycle !== 'not-determined';
  return {
    name: row.name,
    kind,
    owner: row.owner,
    lifecycle,
    lifecycleOn: isAttested ? document.asOf : null,
    lifecycleDocument: isAttested ? document.title : null,
    source: { document: document.title, clause: row.source.clause, asOf: document.asOf },
    note: row.note,
  };
}

/** @throws Error when the file has a word that the vocabulary does not */
function oneOf<Word extends string>(words: readonly Word[], text: string): Word {
  const word = words.find((candidate) => candidate === text);
  if (word === undefined) throw new Error(`catalogue.json: "${text}" is not one of ${words.join(', ')}`);
  return word;
}
