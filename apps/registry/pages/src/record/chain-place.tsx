import type { RecordDetail } from '../api/answers.js';
import { showInstant } from '../times.js';
import { useNumber, useWords } from '../words/language.js';
import { type Fact, Facts } from './facts.js';

/** What the record is chained to, and what signs it. */
export function ChainPlace({ record: { previousHash, hash, checkpoint } }: { record: RecordDetail }) {
  const { record: words } = useWords();
  const number = useNumber();
  const signed: Fact[] =
    checkpoint === null
      ? [{ name: words.checkpoint, value: words.unsigned }]
      : [
          {
            name: words.checkpoint,
            value: words.checkpointOf(
              number(checkpoint.sequence),
              showInstant(checkpoint.at),
              checkpoint.key,
            ),
          },
          { name: words.signature, value: checkpoint.signature, isCode: true },
        ];
  const facts: Fact[] = [
    { name: words.previousHash, value: previousHash, isCode: true },
    { name: words.hash, value: hash, isCode: true },
    ...signed,
  ];
  return <Facts heading={words.chain} facts={facts} />;
}
