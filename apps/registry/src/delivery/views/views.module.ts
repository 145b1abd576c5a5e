import { Module } from '@nestjs/common';
import { GrantsModule } from '../../sharing/grants/grants.module.js';
import { SourcesModule } from '../sources/sources.module.js';
import { Views } from './views.js';

@Module({ imports: [GrantsModule, SourcesModule], providers: [Views] })
export class ViewsModule {}
