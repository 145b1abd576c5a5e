import type { AgencyRef, OpenAttribute, RegistryEntryState } from '#libs/contracts';
import { type Agencies, fieldProblem } from '#libs/http';
import type { LifecycleMove, UseMove } from './catalogue.js';
import type {
  ChangeEntryBody,
  CreateEntryBody,
  LifecycleBody,
  OpenAttributeBody,
  OperatorBody,
  UseBody,
} from './entry.requests.js';
import type { EntryChanges, EntryContent } from './entry-state.js';

/** What the body of a request states about a new entry; what it leaves out is not determined. */
export function contentOf<Kind extends string>(
  body: CreateEntryBody & { kind: Kind },
  agencies: Agencies,
): EntryContent<Kind> {
  const { lifecycle, lifecycleOn, lifecycleDocument, ...described } = body;
  return {
    ...changesOf(described, agencies),
    name: body.name,
    kind: body.kind,
    owner: ownerOf(body.owner ?? null, agencies),
    lifecycle: lifecycle ?? 'not-determined',
    lifecycleOn: lifecycleOn ?? null,
    lifecycleDocument: lifecycleDocument ?? null,
    source: body.source ?? null,
    note: body.note ?? null,
  };
}

/** What the body of a request changes. */
export function changesOf<Kind extends string>(
  body: ChangeEntryBody & { kind?: Kind },
  agencies: Agencies,
): EntryChanges<Kind> {
  const { owner, operator, openAttributes, ...stated } = body;
  return {
    ...stated,
    ...(owner !== undefined && { owner: ownerOf(owner, agencies) }),
    ...(operator !== undefined && { operator: operatorOf(operator, agencies) }),
    ...(openAttributes !== undefined && { openAttributes: openOf(openAttributes, agencies) }),
  };
}

/** null stands for "not determined". */
function ownerOf(code: string | null, agencies: Agencies): AgencyRef | null {
  return code === null ? null : agencies.requireOwner(code, 'owner');
}

function operatorOf(body: OperatorBody | null, agencies: Agencies): RegistryEntryState<string>['operator'] {
  if (body === null) return null;
  if (body.code != null) return agencies.requireOwner(body.code, 'operator.code');
  if (body.name === undefined) throw fieldProblem({ field: 'operator.name', code: 'required' });
  return { code: null, name: body.name };
}

/** "Not determined" needs a unit and a day, "not applicable" a reason. */
function openOf(bodies: readonly OpenAttributeBody[], agencies: Agencies): OpenAttribute[] {
  return bodies.map(({ attribute, status, responsible, due, reason }, index) => {
    const field = `openAttributes[${index}]`;
    if (status === 'not-applicable') {
      if (reason == null) throw fieldProblem({ field: `${field}.reason`, code: 'required' });
      return { attribute, status, responsible: null, due: null, reason };
    }
    if (responsible == null) throw fieldProblem({ field: `${field}.responsible`, code: 'required' });
    if (due == null) throw fieldProblem({ field: `${field}.due`, code: 'required' });
    const unit = agencies.requirePresent(responsible, `${field}.responsible`);
    return { attribute, status, responsible: unit, due, reason: reason ?? null };
  });
}

export function moveOf(body: LifecycleBody): LifecycleMove {
  return { to: body.to, on: body.on, document: body.document ?? null, note: body.note ?? null };
}

export function useMoveOf(body: UseBody): UseMove {
  return { to: body.to, on: body.on, document: body.document ?? null, note: body.note ?? null };
}
