import { BooleanField, EnumField, InstantField, IntegerField, ObjectField, TextField } from '#libs/http';
import { CHAIN_FAULTS, type ChainFault } from '../chain/chain-check.js';
import type { ExchangeTotals, LogStanding } from './log-standing.queries.js';

class ChainFaultView implements ChainFault {
  @IntegerField({ description: 'The first record at which the chain does not hold', min: 1 })
  sequence: number;

  @EnumField(CHAIN_FAULTS, { description: 'What is wrong there' })
  what: ChainFault['what'];
}

class ChainStandingView {
  @IntegerField({ description: 'Last record; 0: none', min: 0 })
  sequence: number;

  @IntegerField({ description: 'Last record that is signed for; 0: none', min: 0 })
  signedUpTo: number;

  @InstantField({
    description: 'When the log last verified itself to its end; null: not yet',
    nullable: true,
  })
  verifiedAt: string | null;

  @ObjectField(() => ChainFaultView, {
    description: 'What does not hold; null: nothing was found',
    nullable: true,
  })
  fault: ChainFaultView | null;
}

class ExchangeTotalsView implements ExchangeTotals {
  @IntegerField({ description: 'Records of deliveries', min: 0 })
  deliveries: number;

  @IntegerField({ description: 'Messages in them', min: 0 })
  messages: number;

  @IntegerField({ description: 'Requests refused', min: 0 })
  refusals: number;

  @IntegerField({ description: 'Attempts denied', min: 0 })
  denied: number;
}

export class LogStandingView implements LogStanding {
  @TextField({ description: 'Agency of the caller; null: a token without one', max: 64, nullable: true })
  agency: string | null;

  @BooleanField({ description: "Whether the caller sees everybody's records, or those of the agency only" })
  seesAll: boolean;

  @ObjectField(() => ChainStandingView, { description: 'The chain, the same for everybody' })
  chain: ChainStandingView;

  @ObjectField(() => ExchangeTotalsView, {
    description: 'Of the records that the caller sees, since midnight in Asia/Ho_Chi_Minh',
  })
  today: ExchangeTotalsView;

  @ObjectField(() => ExchangeTotalsView, { description: 'The same since the hour began' })
  hour: ExchangeTotalsView;
}
