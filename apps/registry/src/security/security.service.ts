import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import {
  needsSecurityLevel,
  REGISTRY_SYSTEM_SECURITY_CHANGED,
  type RegistrySystemState,
  SECURITY_LEVELS,
  type SecurityCoverage,
  securityCoverage,
  type SystemSecurity,
} from '#libs/contracts';
import { fieldProblem } from '#libs/http';
import { maySetSecurity } from '../access/registry-access.js';
import { SystemsQueries, SystemsService } from '../systems/systems.service.js';

export interface SecurityOverview extends SecurityCoverage {
  byLevel: { level: number; count: number }[];
  /** Re-checks whose day is over. */
  recheckOverdue: number;
}

/** Security levels of information systems: set with their approval, and counted. */
@Injectable()
export class SecurityService {
  constructor(
    private readonly systems: SystemsService,
    private readonly queries: SystemsQueries,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `not-found`, `other-agency`, `stale-version`, `validation-failed` */
  set(
    actor: Actor,
    id: string,
    security: SystemSecurity,
    ifMatch: number | undefined,
  ): Promise<RegistrySystemState> {
    this.checkDays(security);
    const change = {
      type: REGISTRY_SYSTEM_SECURITY_CHANGED,
      ifMatch,
      allowed: (owner: string | null) => maySetSecurity(actor, owner),
      document: security.approval?.document ?? null,
    };
    return this.systems.alter(actor, id, change, () => Promise.resolve({ security }));
  }

  async overview(): Promise<SecurityOverview> {
    const today = this.clock.today();
    const systems = await this.queries.all();
    const levelled = systems.filter(needsSecurityLevel);
    return {
      ...securityCoverage(systems),
      byLevel: SECURITY_LEVELS.map((level) => ({
        level,
        count: levelled.filter(({ security }) => security?.level === level).length,
      })),
      recheckOverdue: levelled.filter(
        ({ security }) => security?.recheckDue != null && security.recheckDue < today,
      ).length,
    };
  }

  private checkDays({ approval, recheckDue }: SystemSecurity): void {
    if (approval === null) return;
    const today = this.clock.today();
    if (approval.on > today) {
      throw fieldProblem({ field: 'approval.on', code: 'too-large', parameters: { max: today } });
    }
    if (recheckDue !== null && recheckDue <= approval.on) {
      throw fieldProblem({ field: 'recheckDue', code: 'too-small', parameters: { min: approval.on } });
    }
  }
}
