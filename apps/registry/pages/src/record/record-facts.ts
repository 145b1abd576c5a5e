import { contentOf, type RecordDetail, type ShownContent } from '../api/answers.js';
import { useAgencyName, useDatasetTitle } from '../parts/names.js';
import { showInstant } from '../times.js';
import { useNumber, useWords } from '../words/language.js';
import { useReason } from '../words/reasons.js';
import type { Fact } from './facts.js';

type ContentOf<Kind> = Extract<ShownContent, { kind: Kind }>;

/** Everything that a record says, in words. */
export function useRecordFacts(record: RecordDetail): Fact[] {
  const { record: words } = useWords();
  const factsOf = useFactsByKind();
  return [
    ...factsOf(contentOf(record)),
    { name: words.sealedAt, value: showInstant(record.sealedAt) },
    { name: words.recordedAt, value: showInstant(contentOf(record).recordedAt) },
  ];
}

function useFactsByKind(): (content: ShownContent) => Fact[] {
  const { record: words, channels } = useWords();
  const number = useNumber();
  const { agency, dataset, code } = useNamed();
  const reason = useReason();
  const delivery = (content: ContentOf<'delivery'>): Fact[] => [
    { name: words.provider, value: agency(content.provider) },
    { name: words.receiver, value: agency(content.receiver) },
    { name: words.dataset, value: dataset(content.dataset) },
    { name: words.purpose, value: content.purpose },
    { name: words.channel, value: channels[content.channel] },
    { name: words.count, value: number(content.count) },
    { name: words.stream, value: content.stream },
    { name: words.range, value: `${number(content.firstSequence)} – ${number(content.lastSequence)}` },
    { name: words.grant, ...code(content.grant) },
    { name: words.firstSentAt, value: showInstant(content.firstSentAt) },
  ];
  const refusal = (content: ContentOf<'refusal'>): Fact[] => [
    { name: words.provider, value: agency(content.provider) },
    { name: words.requester, value: agency(content.requester) },
    { name: words.dataset, value: dataset(content.dataset) },
    { name: words.reason, value: content.reason },
    { name: words.legalGround, value: content.legalGround },
    { name: words.document, value: content.document ?? words.noDocument },
    { name: words.request, ...code(content.request) },
  ];
  const denial = (content: ContentOf<'denial'>): Fact[] => [
    { name: words.who, value: agency(content.agency) },
    { name: words.provider, value: agency(content.provider) },
    { name: words.dataset, value: dataset(content.dataset) },
    { name: words.attempted, ...code(content.attempted) },
    { name: words.why, value: reason(content.why) },
    { name: words.attempts, value: number(content.count) },
    { name: words.channel, value: channels[content.channel] },
    { name: words.grant, ...code(content.grant) },
    { name: words.credential, ...code(content.credential) },
  ];
  const ofLog = useFactsOfLog();
  return (content) => {
    switch (content.kind) {
      case 'delivery':
        return delivery(content);
      case 'refusal':
        return refusal(content);
      case 'denial':
        return denial(content);
      default:
        return ofLog(content);
    }
  };
}

/** Records about the log itself. */
function useFactsOfLog(): (content: ContentOf<'gap' | 'archive' | 'key-change'>) => Fact[] {
  const { record: words } = useWords();
  const { code, range } = useNamed();
  const reason = useReason();
  return (content) => {
    switch (content.kind) {
      case 'gap':
        return [
          { name: words.gapWhy, value: reason(content.why) },
          {
            name: words.acknowledgements,
            value: range(content.firstAcknowledgement, content.lastAcknowledgement),
          },
        ];
      case 'archive':
        return [
          { name: words.records, value: range(content.firstSequence, content.lastSequence) },
          { name: words.file, ...code(content.file) },
          { name: words.fileDigest, ...code(content.sha256) },
        ];
      case 'key-change':
        return [
          {
            name: words.keyBefore,
            ...(content.from === null ? { value: words.noKeyBefore } : code(content.from)),
          },
          { name: words.keyAfter, ...code(content.to) },
          { name: words.publicKey, ...code(content.publicKey) },
        ];
    }
  };
}

function useNamed() {
  const { notKnown } = useWords();
  const number = useNumber();
  const agencyName = useAgencyName();
  const datasetTitle = useDatasetTitle();
  return {
    agency: (code: string | null): string => (code ? `${agencyName(code)} (${code})` : notKnown),
    dataset: (code: string | null): string => {
      if (!code) return notKnown;
      const title = datasetTitle(code);
      return title === null ? code : `${title} (${code})`;
    },
    code: (value: string | null): Omit<Fact, 'name'> =>
      value ? { value, isCode: true } : { value: notKnown },
    range: (first: number, last: number | null): string =>
      `${number(first)} – ${last === null ? notKnown : number(last)}`,
  };
}
