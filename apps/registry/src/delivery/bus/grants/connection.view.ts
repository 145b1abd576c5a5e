import { InstantField, IntegerField, kinds, ListField, ObjectField, TextField } from '#libs/http';

export class ConsumerStandingView {
  @IntegerField({ description: 'Place in the stream of the last event that was sent', min: 0 })
  sentUpTo: number;

  @IntegerField({ description: 'Place up to which everything is acknowledged', min: 0 })
  acknowledgedUpTo: number;

  @InstantField({ description: 'When something was acknowledged last; null: never yet', nullable: true })
  acknowledgedAt: string | null;

  @IntegerField({ description: 'Events that wait to be fetched', min: 0 })
  waiting: number;

  @IntegerField({ description: 'Events that were sent and not acknowledged', min: 0 })
  unacknowledged: number;
}

export class ConnectionView {
  @ListField(kinds.text({ max: 300 }), {
    description: 'Addresses of the bus for agencies; empty: it is not open to them',
    max: 20,
  })
  servers: string[];

  @TextField({ description: 'Stream', max: 50 })
  stream: string;

  @TextField({ description: 'Durable consumer, and name of the user', max: 50 })
  consumer: string;

  @TextField({ description: 'Subject of the events that it gets', max: 300 })
  subject: string;

  @TextField({ description: 'inboxPrefix of the client', max: 120 })
  inboxPrefix: string;

  @TextField({ description: 'apiPrefix of the client', max: 100 })
  apiPrefix: string;

  @ObjectField(() => ConsumerStandingView, {
    description: 'How far it is; null: the consumer is not there, or the bus is away for the moment',
    nullable: true,
  })
  standing: ConsumerStandingView | null;
}
