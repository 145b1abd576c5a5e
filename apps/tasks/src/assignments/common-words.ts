import { Injectable } from '@nestjs/common';
import { foldVietnamese } from '#libs/http';
import { TransactionScope } from '#libs/persistence';

/** Tasks whose texts are looked at. */
const SAMPLE = 500;
/** From this part of all tasks on, reading a list until a page is full is sooner done than asking the index of words. */
const COMMON = 0.02;
const KEPT_MILLISECONDS = 600_000;
const NEVER = Number.NEGATIVE_INFINITY;

/**
 * Tells words that many tasks have from those of few, by a sample of their texts. The database can tell, too, but only by
 * planning each question anew, which takes longer than a page.
 */
@Injectable()
export class CommonWords {
  private sample: Promise<string[]> = Promise.resolve([]);
  private takenAt = NEVER;

  constructor(private readonly transactions: TransactionScope) {}

  /** Whether so many tasks have these words, one after the other, that a list is best read from its beginning. */
  async has(words: string): Promise<boolean> {
    const folded = foldVietnamese(words);
    const texts = await this.texts();
    return texts.filter((text) => text.includes(folded)).length > texts.length * COMMON;
  }

  private texts(): Promise<string[]> {
    if (performance.now() - this.takenAt > KEPT_MILLISECONDS) {
      this.takenAt = performance.now();
      this.sample = this.take();
      this.sample.catch(() => {
        this.takenAt = NEVER;
      });
    }
    return this.sample;
  }

  private async take(): Promise<string[]> {
    const rows: { text: string }[] = await this.transactions.manager.query(TAKE_SAMPLE, [SAMPLE]);
    return rows.map(({ text }) => text);
  }
}

/** Of pages all over the table; twice as many as wanted at most, since pages are taken by chance. */
const TAKE_SAMPLE = `
  SELECT search_text AS text FROM task TABLESAMPLE SYSTEM ((
    SELECT least(100, 100 * $1::real / greatest(reltuples, 1)) FROM pg_class WHERE oid = 'task'::regclass))
  LIMIT 2 * $1::integer`;
