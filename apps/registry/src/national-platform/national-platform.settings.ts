import { optionalSetting } from '#libs/http';
import { FolderPlatform } from './folder-platform.js';
import type { NationalPlatform } from './national-platform.js';

/** Whether there is a way to a national platform, and for whom it is the way. */
export abstract class NationalConnection {
  /** null: there is none, which is the default. */
  abstract readonly platform: NationalPlatform | null;
  /** Code of the agency whose grants are delivered through the platform; null: none. */
  abstract readonly agency: string | null;
}

/** Where a connector is chosen. @throws Error for an agency without a platform */
export function nationalPlatformOf(environment: NodeJS.ProcessEnv): NationalConnection {
  const folder = optionalSetting(environment, 'NATIONAL_PLATFORM_FOLDER');
  const agency = optionalSetting(environment, 'NATIONAL_PLATFORM_AGENCY') ?? null;
  if (folder === undefined && agency !== null) {
    throw new Error('NATIONAL_PLATFORM_AGENCY is set, but no platform: set NATIONAL_PLATFORM_FOLDER, too.');
  }
  return { platform: folder === undefined ? null : new FolderPlatform(folder), agency };
}
