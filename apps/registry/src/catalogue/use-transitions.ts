import type { UseState } from '#libs/contracts';

/**
 * What use (khai thác, sử dụng) may follow what. The states come from the catalogue vocabulary of the Ministry of
 * Science and Technology's draft guide (13/9/2026), which does not order them: the order here is this system's own.
 *
 * `not-determined` is left once and never entered again. `no-longer-used` is the end of an entry's use.
 */
export const USE_TRANSITIONS: Readonly<Record<UseState, readonly UseState[]>> = {
  'not-determined': ['not-used', 'connecting', 'in-use', 'partly-used', 'suspended', 'no-longer-used'],
  'not-used': ['connecting', 'in-use', 'partly-used', 'no-longer-used'],
  // Back to not used: the connection was given up.
  connecting: ['not-used', 'in-use', 'partly-used'],
  'in-use': ['partly-used', 'suspended', 'no-longer-used'],
  'partly-used': ['in-use', 'suspended', 'no-longer-used'],
  suspended: ['in-use', 'partly-used', 'no-longer-used'],
  'no-longer-used': [],
};
