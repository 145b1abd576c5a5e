import { Module } from '@nestjs/common';
import { ProtocolRecords } from './protocol-records.js';

@Module({ providers: [ProtocolRecords], exports: [ProtocolRecords] })
export class RecordsModule {}
