import { Module } from '@nestjs/common';
import { AnnouncementRound } from './announcement-round.js';
import { NationalConnection, nationalPlatformOf } from './national-platform.settings.js';

@Module({
  providers: [
    { provide: NationalConnection, useFactory: () => nationalPlatformOf(process.env) },
    AnnouncementRound,
  ],
  exports: [NationalConnection],
})
export class NationalPlatformModule {}
