import { Injectable } from '@nestjs/common';
import { foldVietnamese } from '#libs/http';
import { TransactionScope } from '#libs/persistence';

/** Tasks whose texts are looked at. */
const SAMPLE = 500;
/** From this part of all tasks on, reading a list until a page is full is sooner done than asking the index of words. */
const COMMON = 0.02;
/** Up to this part of all tasks, looking at each with one of the words is sooner done than asking the index for the others. */
const RARE = 0.01;
const KEPT_MILLISECONDS = 600_000;
/** What the index of words has of a word: three letters, one after the other; the first two with the space before them. */
const LETTERS = 3;
const INDEXED = /^ ?[\p{L}\p{N}]+$/u;

/** How words that are looked for are best found. */
export interface WordFrequency {
  /** Many tasks have them: lists are read in their order, and the index of words is not asked. */
  isCommon: boolean;
  /** Folded, the one word among them that hardly a task has: the index is asked for it alone. */
  rarest: string | null;
}

/**
 * Tells words that many tasks have from those of few, by a sample of their texts. The database can tell, too, but only by
 * planning each question anew, which takes longer than a page.
 */
@Injectable()
export class WordSample {
  private texts: Promise<SampledTexts> | undefined;
  private takenAt = 0;

  constructor(private readonly transactions: TransactionScope) {}

  /** @param words which a task is to have one after the other */
  async frequencyOf(words: string): Promise<WordFrequency> {
    const folded = foldVietnamese(words);
    const texts = await this.take();
    const rarest = texts.rarestOf(folded);
    return { isCommon: rarest === null && texts.partWith(folded) > COMMON, rarest };
  }

  private take(): Promise<SampledTexts> {
    if (!this.texts || performance.now() - this.takenAt > KEPT_MILLISECONDS) {
      this.takenAt = performance.now();
      this.texts = this.read();
      this.texts.catch(() => {
        this.texts = undefined;
      });
    }
    return this.texts;
  }

  private async read(): Promise<SampledTexts> {
    const rows: { text: string }[] = await this.transactions.manager.query(TAKE_SAMPLE, [SAMPLE]);
    return new SampledTexts(rows.map(({ text }) => text));
  }
}

/** Of pages all over the table; twice as many as wanted at most, since pages are taken by chance. */
const TAKE_SAMPLE = `
  SELECT search_text AS text FROM task TABLESAMPLE SYSTEM ((
    SELECT least(100, 100 * $1::real / greatest(reltuples, 1)) FROM pg_class WHERE oid = 'task'::regclass))
  LIMIT 2 * $1::integer`;

class SampledTexts {
  /** By three letters, which of the texts have them; looked up when they are asked for. */
  private readonly having = new Map<string, ReadonlySet<number>>();

  constructor(private readonly texts: readonly string[]) {}

  /** From 0 to 1. */
  partWith(words: string): number {
    return this.texts.filter((text) => text.includes(words)).length / Math.max(this.texts.length, 1);
  }

  /** Null when each of the words is in more texts, or there is only one. */
  rarestOf(words: string): string | null {
    // With the space before them, which is looked for, too.
    const each = words.split(/(?= )/);
    if (each.length < 2) return null;
    const [best] = each
      .map((word) => ({ word, part: this.partFoundFor(word) }))
      .filter(({ part }) => part <= RARE)
      .sort((one, other) => one.part - other.part || other.word.length - one.word.length);
    return best?.word ?? null;
  }

  /** Part of the texts that the index takes for having the word: those with all its letters, three at a time. */
  private partFoundFor(word: string): number {
    const sets = Array.from({ length: word.length }, (_, start) => word.slice(start, start + LETTERS))
      .filter((letters) => letters.length === LETTERS && INDEXED.test(letters))
      .map((letters) => this.textsWith(letters));
    const [first, ...others] = sets.sort((one, other) => one.size - other.size);
    if (!first) return 1;
    const found = [...first].filter((place) => others.every((set) => set.has(place)));
    return found.length / Math.max(this.texts.length, 1);
  }

  private textsWith(letters: string): ReadonlySet<number> {
    let having = this.having.get(letters);
    if (!having) {
      having = new Set(this.texts.flatMap((text, place) => (text.includes(letters) ? [place] : [])));
      this.having.set(letters, having);
    }
    return having;
  }
}
