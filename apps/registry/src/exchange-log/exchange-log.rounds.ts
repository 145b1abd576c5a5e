import { Injectable } from '@nestjs/common';
import { Round } from '#libs/http';
import { LogArchive } from './export/log-archive.js';
import { SelfCheck } from './standing/self-check.js';
import { Standing } from './standing/standing.js';

/** From one look for records to archive to the next, milliseconds. */
const ARCHIVE_PAUSE = 3_600_000;

@Injectable()
export class SelfCheckRound extends Round {
  readonly name = 'verification of the exchange log';

  constructor(private readonly selfCheck: SelfCheck) {
    super();
  }

  run(): Promise<void> {
    return this.selfCheck.round();
  }
}

@Injectable()
export class StandingRound extends Round {
  readonly name = 'standing of the exchange log';

  constructor(private readonly standing: Standing) {
    super();
  }

  run(): Promise<void> {
    return this.standing.tell();
  }
}

/** One file a round while there is something to move. */
@Injectable()
export class ArchiveRound extends Round {
  readonly name = 'archive of the exchange log';
  private restUntil = Number.NEGATIVE_INFINITY;

  constructor(private readonly archive: LogArchive) {
    super();
  }

  async run(): Promise<void> {
    if (performance.now() < this.restUntil) return;
    if (!(await this.archive.moveFile())) this.restUntil = performance.now() + ARCHIVE_PAUSE;
  }
}
