import { foldVietnamese, likeFolded } from '#libs/http';
import type { Parameters } from './parameters.js';
import { wordsSignature } from './words-signature.js';

/**
 * Conditions that tasks have the words that are looked for. The words of a task and its agencies never change, and are
 * kept once; lists that do not have the words tell at least of most tasks that these cannot have them.
 */
export class WordConditions {
  /** @param isCommon tasks are read one by one, since many have the words or few come into question @param visible agencies whose tasks are wanted; null: all */
  constructor(
    private readonly words: string,
    private readonly isCommon: boolean,
    private readonly visible: readonly string[] | null,
    private readonly parameters: Parameters,
  ) {}

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

  /** The same two ways: the planner takes the one for true of a third of all tasks, and asks the index for the other. */
  private contains(): (task: string) => string {
    if (this.isCommon) {
      const words = this.parameters.add(foldVietnamese(this.words));
      return (task) => `strpos(${task}.search_text, ${words}) > 0`;
    }
    const pattern = this.parameters.add(likeFolded(this.words));
    return (task) => `${task}.search_text LIKE ${pattern}`;
  }
}
