import { type ArgumentsHost, Catch, type ExceptionFilter, type INestApplication } from '@nestjs/common';
import type { NestMicroservice } from '@nestjs/microservices';
import { type Observable, throwError } from 'rxjs';
import { JetStreamServer } from './consumer/jetstream-server.js';

/** Leaves a handler's own error as it is: Nest would answer "Internal server error" and hide why. */
@Catch()
class PassErrorOn implements ExceptionFilter {
  catch(error: unknown, _host: ArgumentsHost): Observable<never> {
    return throwError(() => error);
  }
}

/**
 * Attaches the event transport to an application that imports MessagingModule. Call before `startAllMicroservices`.
 * Without MessagingModule it does nothing.
 */
export function connectConsumers(app: INestApplication): void {
  let strategy: JetStreamServer;
  try {
    strategy = app.get(JetStreamServer, { strict: false });
  } catch {
    return;
  }
  // The guards and pipes of HTTP are not for events. Deferred, since filters must be there before the handlers are bound;
  // the application itself runs the start hooks, so they must not run a second time for the transport.
  const microservice = app.connectMicroservice(
    { strategy },
    { inheritAppConfig: false, deferInitialization: true },
  );
  microservice.useGlobalFilters(new PassErrorOn());
  (microservice as Pick<NestMicroservice, 'setIsInitHookCalled'> & typeof microservice).setIsInitHookCalled(
    true,
  );
}
