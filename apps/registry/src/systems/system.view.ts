import {
  type RegistrySystemState,
  SYSTEM_KINDS,
  type SystemKind,
  type SystemSecurity,
} from '#libs/contracts';
import { DateField, EnumField, IntegerField, ObjectField, TextField } from '#libs/http';
import { EntryView } from '../catalogue/entry.view.js';

export class ApprovalView {
  @TextField({ description: 'Document that approves the level', max: 500 })
  document: string;

  @DateField({ description: 'Day of approval' })
  on: string;

  @TextField({ description: 'Who approved it', max: 300, nullable: true })
  approver: string | null;
}

export class SecurityView implements SystemSecurity {
  @IntegerField({ description: 'Level', min: 1, max: 5 })
  level: number;

  @ObjectField(() => ApprovalView, { description: 'Approval; null: not approved', nullable: true })
  approval: ApprovalView | null;

  @DateField({ description: 'Day by which it is to be checked again', nullable: true })
  recheckDue: string | null;
}

export class SystemView extends EntryView implements RegistrySystemState {
  @EnumField(SYSTEM_KINDS, { description: 'What sort of system it is' })
  kind: SystemKind;

  @ObjectField(() => SecurityView, { description: 'Security level; null: not determined', nullable: true })
  security: SecurityView | null;
}
