import { DateField, IntegerField, kinds, ListField, ObjectField, TextField } from '#libs/http';
import type { SecurityOverview } from './security.service.js';

export class ApprovalBody {
  @TextField({ description: 'Document that approves the level', max: 500 })
  document: string;

  @DateField({ description: 'Day of approval; not in the future' })
  on: string;

  @TextField({ description: 'Who approved it', max: 300, optional: true, nullable: true })
  approver?: string | null;
}

export class SecurityBody {
  @IntegerField({ description: 'Level (cấp độ an toàn hệ thống thông tin)', min: 1, max: 5 })
  level: number;

  @ObjectField(() => ApprovalBody, {
    nullable: true,
    description: 'Approval; null: not approved yet',
    optional: true,
  })
  approval?: ApprovalBody | null;

  @DateField({
    description: 'Day by which it is to be checked again; null: not determined',
    optional: true,
    nullable: true,
  })
  recheckDue?: string | null;
}

class LevelCountView {
  @IntegerField({ description: 'Level', min: 1, max: 5 })
  level: number;

  @IntegerField({ description: 'Systems with it, approved or not', min: 0 })
  count: number;
}

export class SecurityOverviewView implements SecurityOverview {
  @IntegerField({ description: 'Systems with an approved level', min: 0 })
  approved: number;

  @IntegerField({ description: 'Systems that serve, and to which levels apply', min: 0 })
  total: number;

  @IntegerField({ description: 'Of these: nobody has said which level', min: 0 })
  notDetermined: number;

  @ListField(kinds.object(() => LevelCountView), { description: 'Systems by level', max: 5 })
  byLevel: LevelCountView[];

  @IntegerField({ description: 'Systems whose re-check is overdue', min: 0 })
  recheckOverdue: number;
}
