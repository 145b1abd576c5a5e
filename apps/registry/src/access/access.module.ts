import { Module } from '@nestjs/common';
import { Agencies } from './agencies.js';

@Module({ providers: [Agencies], exports: [Agencies] })
export class AccessModule {}
