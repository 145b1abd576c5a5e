import type { AgencyRef, OpenAttribute, OpenAttributeName } from '#libs/contracts';
import { fieldProblem } from '#libs/http';
import type { ReferenceData } from '#libs/reference';
import { KEEPER } from '../access/registry-access.js';

/** Words of an attribute that stand for "no value". */
const WITHOUT_VALUE: ReadonlySet<unknown> = new Set([null, undefined, 'not-determined']);

export function isOpen(value: unknown): boolean {
  return WITHOUT_VALUE.has(value);
}

/**
 * Every attribute without a value: as stated, or else "not determined", for the owner to find out, or for Sở KH&CN, who
 * keeps the registry, where there is no owner or only one that no longer exists.
 *
 * @param names attributes that an entry of this catalogue has
 * @param valueOf value of one of them
 */
export function openAttributesOf(
  names: readonly OpenAttributeName[],
  valueOf: (name: OpenAttributeName) => unknown,
  stated: readonly OpenAttribute[],
  owner: AgencyRef | null,
  reference: ReferenceData,
): OpenAttribute[] {
  return names
    .filter((name) => isOpen(valueOf(name)))
    .map(
      (attribute) =>
        stated.find((one) => one.attribute === attribute) ?? {
          attribute,
          status: 'not-determined',
          responsible: responsibleFor(owner, reference),
          due: null,
          reason: null,
        },
    );
}

function responsibleFor(owner: AgencyRef | null, reference: ReferenceData): AgencyRef {
  if (owner?.code != null && reference.agency(owner.code)?.current === true) return owner;
  return { code: KEEPER, name: reference.agency(KEEPER)?.name ?? KEEPER };
}

/**
 * Refuses statements about attributes that the entry does not have, that come twice, or that have a value.
 *
 * @throws problem `validation-failed`
 */
export function checkOpenAttributes(
  stated: readonly OpenAttribute[],
  names: readonly OpenAttributeName[],
  valueOf: (name: OpenAttributeName) => unknown,
): void {
  for (const [index, { attribute }] of stated.entries()) {
    const field = `openAttributes[${index}].attribute`;
    if (!names.includes(attribute)) {
      throw fieldProblem({ field, code: 'not-one-of', parameters: { values: names.join(', ') } });
    }
    if (stated.findIndex((one) => one.attribute === attribute) < index) {
      throw fieldProblem({ field, code: 'duplicate' });
    }
    if (!isOpen(valueOf(attribute))) {
      throw fieldProblem({
        field,
        code: 'has-value',
        texts: {
          vi: 'Thuộc tính này đã có giá trị; bỏ giá trị trước khi ghi "chưa xác định" hoặc "không áp dụng".',
          en: 'This attribute has a value; take it off before saying "not determined" or "not applicable".',
        },
      });
    }
  }
}
