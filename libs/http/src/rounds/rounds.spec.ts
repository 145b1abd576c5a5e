import { afterEach, describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { type INestApplicationContext, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { until } from '../../../../test/support/until.js';
import { Round } from './round.js';
import { Rounds } from './rounds.js';
import { RoundsModule } from './rounds.module.js';

const done: string[] = [];

class Failing extends Round {
  readonly name = 'failing';
  run(): Promise<void> {
    done.push('failing');
    return Promise.reject(new Error('no such table'));
  }
}

class Slow extends Round {
  readonly name = 'slow';
  release: () => void = () => undefined;
  atWork = 0;

  async run(): Promise<void> {
    this.atWork += 1;
    done.push(`slow begins, ${this.atWork} at work`);
    await new Promise<void>((resolve) => {
      this.release = resolve;
    });
    this.atWork -= 1;
    done.push('slow ends');
  }
}

/** As the database does, it closes when everything that uses it has ended. */
@Injectable()
class Database implements OnApplicationShutdown {
  onApplicationShutdown(): void {
    done.push('database closes');
  }
}

@Module({ imports: [RoundsModule], providers: [Failing, Slow, Database] })
class Root {}

describe('the rounds', () => {
  let app: INestApplicationContext | undefined;

  afterEach(async () => {
    await app?.close();
    delete process.env['ROUND_MILLISECONDS'];
    done.length = 0;
  });

  async function start(pause: string): Promise<{ rounds: Rounds; slow: Slow }> {
    process.env['ROUND_MILLISECONDS'] = pause;
    app = await NestFactory.createApplicationContext(Root, { logger: false, abortOnError: false });
    return { rounds: app.get(Rounds), slow: app.get(Slow) };
  }

  it('go on after one that fails, and never overlap', async () => {
    const { rounds, slow } = await start('3600000');
    const both = [rounds.runAll(), rounds.runAll()];
    await until(() => slow.atWork === 1);
    slow.release();
    await both[0];
    await until(() => slow.atWork === 1);
    slow.release();
    await both[1];
    const once = ['failing', 'slow begins, 1 at work', 'slow ends'];
    expect(done).toEqual([...once, ...once]);
  });

  it('come by themselves again and again, and the end waits for the running one', async () => {
    const { slow } = await start('10');
    await until(() => slow.atWork === 1);
    slow.release();
    await until(() => done.filter((line) => line === 'failing').length === 2 && slow.atWork === 1);
    const closed = app?.close();
    for (let turn = 0; turn < 20; turn += 1) await setImmediate();
    expect(done.at(-1)).toBe('slow begins, 1 at work');
    slow.release();
    await closed;
    expect(done.slice(-2)).toEqual(['slow ends', 'database closes']);
  });

  it('refuse a pause that is no whole number', async () => {
    await expect(start('soon')).rejects.toThrow('ROUND_MILLISECONDS');
  });
});
