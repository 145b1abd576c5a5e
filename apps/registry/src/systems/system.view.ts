import { SYSTEM_KINDS, type SystemKind, type RegistrySystemState } from '#libs/contracts';
import { EnumField } from '#libs/http';
import { EntryView } from '../catalogue/entry.view.js';

export class SystemView extends EntryView implements RegistrySystemState {
  @EnumField(SYSTEM_KINDS, { description: 'What sort of system it is' })
  kind: SystemKind;
}
