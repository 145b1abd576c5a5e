import type { BusDenial } from '#libs/contracts';
import type { DeniedAttempt } from './denied-line.js';

/** Different subjects of one user that are told one by one; the rest is told as a number. */
const SUBJECTS_TOLD = 50;
/** What stands for the subjects beyond. */
export const OTHER_SUBJECTS = '…';

/** Attempts of about a second, the same ones as one with their number. A user that tries many subjects fills no log. */
export class DenialSummary {
  private readonly denials = new Map<string, BusDenial>();
  private readonly subjects = new Map<string, number>();

  add(denial: BusDenial): void {
    const known = this.denials.get(keyOf(denial));
    if (known) {
      known.count += denial.count;
      return;
    }
    const { user, subject } = denial;
    const told = this.subjects.get(user ?? '') ?? 0;
    if (told >= SUBJECTS_TOLD && subject !== OTHER_SUBJECTS) {
      this.add({ ...denial, subject: OTHER_SUBJECTS });
      return;
    }
    this.subjects.set(user ?? '', told + 1);
    this.denials.set(keyOf(denial), { ...denial });
  }

  get all(): BusDenial[] {
    return [...this.denials.values()];
  }
}

function keyOf({ user, kind, subject }: DeniedAttempt): string {
  return JSON.stringify([user, kind, subject]);
}
