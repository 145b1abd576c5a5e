import { type DynamicModule, Module, type Provider, type Type } from '@nestjs/common';
import { DigestResponder } from './anti-entropy/digest-responder.js';
import { BusConnection, BusReadiness } from './bus/bus-connection.js';
import { JetStreamServer } from './consumer/jetstream-server.js';
import { DeadLetters } from './dead-letters/dead-letters.js';
import { tuningFromEnvironment } from './messaging-environment.js';
import { MESSAGING_OPTIONS, type MessagingOptions, publishingService } from './messaging-options.js';
import { OutboxGauges } from './operations/outbox-gauges.js';
import { OperationsController } from './operations/operations.controller.js';
import { OutboxOperationsController } from './operations/outbox-operations.controller.js';
import { Replays } from './operations/replays.js';
import { Outbox } from './outbox/outbox.js';
import { Relay } from './relay/relay.js';

/** The bus for one process. Needs PersistenceModule (with the MessagingTables migration) and a Clock provider. */
@Module({})
export class MessagingModule {
  static forRoot(options: MessagingOptions): DynamicModule {
    const publishes = publishingService(options) !== null;
    const both: Provider[] = [BusConnection, BusReadiness, DeadLetters, JetStreamServer];
    const publishing: Type[] = [Relay, Outbox, Replays, DigestResponder, OutboxGauges];
    return {
      module: MessagingModule,
      global: true,
      controllers: publishes ? [OperationsController, OutboxOperationsController] : [OperationsController],
      providers: [
        { provide: MESSAGING_OPTIONS, useValue: { ...tuningFromEnvironment(process.env), ...options } },
        ...both,
        ...(publishes ? publishing : []),
      ],
      exports: [
        MESSAGING_OPTIONS,
        BusConnection,
        JetStreamServer,
        DeadLetters,
        ...(publishes ? [Outbox, Replays] : []),
      ],
    };
  }
}
