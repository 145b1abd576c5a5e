import { expect, it } from '@jest/globals';
import { Injectable, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { createService } from './create-service.js';

it('closes what was opened when a part of the service cannot start, and says why it could not', async () => {
  const closed: string[] = [];

  @Injectable()
  class Connection implements OnApplicationShutdown {
    onApplicationShutdown(): void {
      closed.push('connection');
    }
  }

  @Injectable()
  class Unable implements OnModuleInit {
    onModuleInit(): void {
      throw new Error('the first data cannot be loaded');
    }
  }

  @Module({ providers: [Connection, Unable] })
  class FailingModule {}

  const options = { name: 'tasks', module: FailingModule, auth: false, logLevel: 'silent' } as const;
  await expect(createService(options)).rejects.toThrow('the first data cannot be loaded');
  expect(closed).toEqual(['connection']);
});
