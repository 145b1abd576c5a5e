import { ApiProperty } from '@nestjs/swagger';
import { EnumField, InstantField, IntegerField, TextField, UuidField } from '#libs/http';
import type { Manifest } from './package-content.js';

const PACKAGE_STATES = ['waiting', 'building', 'ready', 'failed', 'expired'] as const;
export type PackageState = (typeof PACKAGE_STATES)[number];

export class PackageView {
  @UuidField({ description: 'Package' })
  id: string;

  @UuidField({ description: 'Grant' })
  grant: string;

  @TextField({ description: 'Public key for which it is encrypted', max: 100 })
  recipient: string;

  @EnumField(PACKAGE_STATES, { description: 'State' })
  state: PackageState;

  @InstantField({ description: 'When it was asked for' })
  askedAt: string;

  @IntegerField({ description: 'Events packed so far', min: 0 })
  events: number;

  @IntegerField({ description: 'Events that it will hold; null: not known yet', min: 0, nullable: true })
  expectedEvents: number | null;

  @IntegerField({ description: 'Size of the encrypted file, bytes', min: 0, nullable: true })
  bytes: number | null;

  @TextField({ description: 'SHA-256 of the encrypted file, hex', max: 64, nullable: true })
  sha256: string | null;

  @InstantField({ description: 'When it was finished', nullable: true })
  readyAt: string | null;

  @InstantField({ description: 'Until when it can be downloaded', nullable: true })
  expiresAt: string | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'What it holds, as signed inside: counts, places in the stream, checksums',
  })
  manifest: Manifest | null;

  @TextField({ description: 'Why it was not made', max: 2_000, nullable: true })
  error: string | null;
}
