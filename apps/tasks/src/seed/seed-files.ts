import letterOnDecision508 from '../../data/000-skhcn-letter-decision-508.json' with { type: 'json' };
import conclusionsOfSession5 from '../../data/001-conclusions-session-5.json' with { type: 'json' };
import planForResolution214 from '../../data/002-plan-resolution-214.json' with { type: 'json' };
import conclusionsOfSession11 from '../../data/004-conclusions-session-11.json' with { type: 'json' };
import type { DirectiveState, TaskDue } from '#libs/contracts';

/** A directive as a seed document names it; the issuer by its code. */
export interface SeedDirective extends Omit<
  DirectiveState,
  'id' | 'version' | 'issuer' | 'dueSoonWorkingDays'
> {
  /** Name within the seed files. */
  key: string;
  issuer: string;
}

/** A task as a seed document assigns it; agencies by their codes. */
export interface SeedTask {
  /** Key of the directive. */
  directive: string;
  clause: string;
  title: string;
  description: string | null;
  leads: string[];
  collaborators: string[];
  due: TaskDue;
}

/** What was transcribed from one source document; rules: README. */
export interface SeedFile {
  seed: string;
  document: string;
  directives: SeedDirective[];
  tasks: SeedTask[];
}

export const SEED_FILES: readonly SeedFile[] = [
  letterOnDecision508 as SeedFile,
  conclusionsOfSession5 as SeedFile,
  planForResolution214 as SeedFile,
  conclusionsOfSession11 as SeedFile,
];
