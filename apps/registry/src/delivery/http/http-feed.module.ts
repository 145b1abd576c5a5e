import { Module } from '@nestjs/common';
import { SourcesModule } from '../sources/sources.module.js';
import { ChangesAnswer } from './changes-answer.js';
import { ChangesStream } from './changes-stream.js';
import { FeedController } from './feed.controller.js';
import { Feeds } from './feeds.js';

@Module({
  imports: [SourcesModule],
  controllers: [FeedController],
  providers: [Feeds, ChangesAnswer, ChangesStream],
})
export class HttpFeedModule {}
