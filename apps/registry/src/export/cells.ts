import type { RegistryConnectionState, RegistryDatabaseState, RegistrySystemState } from '#libs/contracts';
import { agencyCell, type CellValue, type RowValues } from '#libs/workbooks';
import { quarterText } from '../consolidation/words.js';
import type { EntryKey } from './columns.js';
import type { ConnectionKey } from './connection-columns.js';
import { openText } from './open-text.js';
import {
  CONNECTION_WORDS,
  DATABASE_KIND_WORDS,
  LIFECYCLE_WORDS,
  SHARING_WORDS,
  SIDE_WORDS,
  SYSTEM_KIND_WORDS,
  TARGET_WORDS,
  UNKNOWN,
  USE_WORDS,
} from './words.js';

type Cells = RowValues<EntryKey>;

export function databaseCells(database: RegistryDatabaseState, index: number): Cells {
  const { openAttributes: open, scope, sharingScope, targetQuarter, budgetSplit } = database;
  return {
    ...entryCells(database, index, DATABASE_KIND_WORDS[database.kind]),
    scope: scope ?? openText(open, 'scope'),
    sharingScope: sharingScope === null ? openText(open, 'sharingScope') : SHARING_WORDS[sharingScope],
    targetQuarter: targetQuarter === null ? openText(open, 'targetQuarter') : quarterText(targetQuarter),
    enterprisePart: budgetSplit?.enterprisePart ?? openText(open, 'budgetSplit'),
    statePart: budgetSplit?.statePart ?? openText(open, 'budgetSplit'),
    allocated: database.funding.allocated,
    partners: textCell(database.partners.map(({ name }) => name).join('; ')),
  };
}

export function systemCells(system: RegistrySystemState, index: number): Cells {
  const { security, openAttributes: open } = system;
  return {
    ...entryCells(system, index, SYSTEM_KIND_WORDS[system.kind]),
    level: security === null ? openText(open, 'security') : String(security.level),
    approval: security?.approval?.document ?? null,
    approvedOn: security?.approval?.on ?? null,
    approver: security?.approval?.approver ?? null,
    recheckDue: security?.recheckDue ?? null,
  };
}

function entryCells(entry: RegistryDatabaseState | RegistrySystemState, index: number, kind: string): Cells {
  const { openAttributes: open, technicalContact: contact, source } = entry;
  return {
    number: index + 1,
    code: entry.code ?? openText(open, 'code'),
    name: entry.name,
    kind,
    owner: entry.owner === null ? openText(open, 'owner') : agencyCell(entry.owner),
    operator: entry.operator === null ? openText(open, 'operator') : agencyCell(entry.operator),
    contact: contact?.name ?? openText(open, 'technicalContact'),
    phone: contact?.phone ?? null,
    email: contact?.email ?? null,
    lifecycle: stateCell(entry.lifecycle, LIFECYCLE_WORDS, openText(open, 'lifecycle')),
    lifecycleOn: entry.lifecycleOn,
    lifecycleDocument: entry.lifecycleDocument,
    use: stateCell(entry.use, USE_WORDS, openText(open, 'use')),
    useOn: entry.useOn,
    useDocument: entry.useDocument,
    source: source?.document ?? null,
    clause: source?.clause ?? null,
    sourceAsOf: source?.asOf ?? null,
    note: entry.note,
  };
}

export function connectionCells(
  connection: RegistryConnectionState,
  index: number,
): RowValues<ConnectionKey> {
  const { database, system, owner, target } = connection;
  return {
    number: index + 1,
    side: database === null ? SIDE_WORDS.system : SIDE_WORDS.database,
    own: database?.name ?? system?.name ?? null,
    owner: owner === null ? UNKNOWN : agencyCell(owner),
    targetKind: target.database === null ? TARGET_WORDS.platform : TARGET_WORDS.database,
    target: target.database?.name ?? target.platform,
    channel: connection.channel ?? UNKNOWN,
    state: CONNECTION_WORDS[connection.state],
    stateOn: connection.stateOn,
    frequency: connection.frequency ?? UNKNOWN,
    legalGround: connection.legalGround ?? UNKNOWN,
    protection: connection.protection ?? UNKNOWN,
    note: connection.note,
  };
}

function stateCell<State extends string>(
  state: State,
  words: Readonly<Record<State, string>>,
  open: string,
): CellValue {
  return state === 'not-determined' ? open : words[state];
}

function textCell(text: string): CellValue {
  return text === '' ? null : text;
}
