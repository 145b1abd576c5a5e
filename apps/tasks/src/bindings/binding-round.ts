import { Injectable } from '@nestjs/common';
import { Round } from '#libs/http';
import { BindingProgress } from './binding-progress.js';
import { Measures } from './measures.js';

/** Brings bound tasks up to date: with reports of this service's own, and after what an event could not do at once. */
@Injectable()
export class BindingRound extends Round {
  readonly name = 'bindings';

  constructor(
    private readonly measures: Measures,
    private readonly progress: BindingProgress,
  ) {
    super();
  }

  async run(): Promise<void> {
    await this.measures.takeReports();
    await this.progress.catchUp();
  }
}
