import { foldVietnamese, likeContaining, likeFolded } from '#libs/http';
import type { Parameters } from './parameters.js';
import type { WordFrequency } from './word-sample.js';
import { wordsSignature } from './words-signature.js';

/**
 * Conditions that tasks have the words that are looked for. The words of a task and its agencies never change, and are
 * kept once; lists that do not have the words tell at least of most tasks that these cannot have them.
 */
export class WordConditions {
  private readonly isCommon: boolean;
  private readonly rarest: string | null;

  /** @param visible agencies whose tasks are wanted; null: all */
  constructor(
    private readonly words: string,
    { isCommon, rarest }: WordFrequency,
    private readonly visible: readonly string[] | null,
    private readonly parameters: Parameters,
  ) {
    this.isCommon = isCommon;
    this.rarest = rarest;
  }

  /** Of the alias `task`, a version; for lists of agencies only what they tell themselves, see {@link join}. */
  of({ isPast, isOfAgency }: { isPast: boolean; isOfAgency: boolean }): string[] {
    if (isPast && isOfAgency) return [];
    if (isOfAgency) return [this.mayHaveThem()];
    const own = this.visible && this.parameters.add(this.visible);
    const contains = this.contains();
    const conditionOn = (task: string): string =>
      `${contains(task)}${own === null ? '' : ` AND ${task}.parties && ${own}::text[]`}`;
    if (!isPast && !this.isCommon) return [conditionOn('task')];
    // OFFSET: asked of what the list tells that it may have the words. Of rare ones the index of words tells more.
    const has = `SELECT 1 FROM task words WHERE words.id = task.id AND ${conditionOn('words')}`;
    return [this.mayHaveThem(), `EXISTS (${has} ${this.isCommon ? 'OFFSET 0' : ''})`];
  }

  /** @param id column of the task's id in a list of an agency */
  join(id: string): string {
    return `JOIN task whole ON whole.id = ${id} AND ${this.contains()('whole')}`;
  }

  /** Never greater, so that it means equal: the planner takes that for true of a two hundredth, and this of a third. */
  private mayHaveThem(): string {
    const signature = `${this.parameters.add(wordsSignature(foldVietnamese(this.words)))}::bit(256)`;
    return `task.words_signature & ${signature} >= ${signature}`;
  }

  /** The planner takes `strpos` for true of a third of all tasks, and asks the index for what is like a pattern. */
  private contains(): (task: string) => string {
    if (!this.isCommon && this.rarest === null) {
      const pattern = this.parameters.add(likeFolded(this.words));
      return (task) => `${task}.search_text LIKE ${pattern}`;
    }
    const rarest = this.rarest === null ? null : this.parameters.add(likeContaining(this.rarest));
    const words = this.parameters.add(foldVietnamese(this.words));
    return (task) => {
      const isFound = rarest === null ? '' : `${task}.search_text LIKE ${rarest} AND `;
      return `${isFound}strpos(${task}.search_text, ${words}) > 0`;
    };
  }
}
