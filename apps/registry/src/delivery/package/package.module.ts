import { Module } from '@nestjs/common';
import { ExchangeLogModule } from '../../exchange-log/exchange-log.module.js';
import { NationalPlatformModule } from '../../national-platform/national-platform.module.js';
import { GrantsModule } from '../../sharing/grants/grants.module.js';
import { SourcesModule } from '../sources/sources.module.js';
import { PackageDownload } from './package-download.js';
import { PackageMaker } from './package-maker.js';
import { PackagePushRound } from './package-push-round.js';
import { PackageStore } from './package-store.js';
import { PackagesController } from './packages.controller.js';
import { PackagesService } from './packages.service.js';

@Module({
  imports: [ExchangeLogModule, GrantsModule, SourcesModule, NationalPlatformModule],
  controllers: [PackagesController],
  providers: [PackageStore, PackageMaker, PackageDownload, PackagePushRound, PackagesService],
})
export class PackageModule {}
