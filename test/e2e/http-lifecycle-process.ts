import { Controller, Get, Module, type OnApplicationShutdown } from '@nestjs/common';
import { startService } from '#libs/http';

/** A service in a process of its own; the suite tells it by messages what to do. */

const report = (text: string): void => {
  process.send?.(text);
};

@Controller('v1')
class SlowController implements OnApplicationShutdown {
  /** Answers when the suite says so. */
  @Get('slow')
  async slow(): Promise<object> {
    report('request in flight');
    await new Promise<void>((resolve) => {
      process.once('message', () => {
        resolve();
      });
    });
    report('request done');
    return { done: true };
  }

  @Get('stray')
  stray(): object {
    void Promise.reject(new Error('nobody caught this'));
    return {};
  }

  onApplicationShutdown(): void {
    report('resources closed');
  }
}

@Module({ controllers: [SlowController] })
class SlowModule {}

const app = await startService({
  name: 'tasks',
  module: SlowModule,
  port: 0,
  ...(process.env['ISSUER_URL'] === undefined ? {} : { auth: false }),
});
report(`listening ${await app.getUrl()}`);
