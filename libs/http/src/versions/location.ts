import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { UseInterceptors } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';

/** Sets `Location` from the answer's `id`: `@CreatedAt('/v1/tasks/{id}')` on a POST that creates. */
export function CreatedAt(template: `/${string}{id}${string}`): MethodDecorator {
  const interceptor: NestInterceptor = {
    intercept: (context: ExecutionContext, next: CallHandler): Observable<unknown> =>
      next.handle().pipe(
        map((body: unknown) => {
          const { id } = body as { id: string };
          const reply = context.switchToHttp().getResponse<FastifyReply>();
          reply.header('location', template.replace('{id}', encodeURIComponent(id)));
          return body;
        }),
      ),
  };
  return UseInterceptors(interceptor);
}
