import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { problem } from '#libs/contracts';
import { ReferenceData } from '#libs/reference';
import { agencyReference } from './parts.js';
import { compiledOf, ocidOf, type Publisher, type Release, releaseOf } from './release.js';
import { type ReleaseFilters, ReleasesQueries } from './releases.queries.js';

export const OCDS_PREFIX = 'OCDS_PREFIX';

const RELEASES_PATH = '/v1/ocds/release-package.json';
const RECORDS_PATH = '/v1/ocds/record-package.json';

/** Extensions of OCDS 1.1 that the packages use. */
const EXTENSIONS = [
  'https://standard.open-contracting.org/profiles/ppp/schema/1__0__0__beta4/extension.json',
  'https://raw.githubusercontent.com/open-contracting-extensions/ocds_pagination_extension/master/extension.json',
] as const;

/** What a caller asks for: `ocid` and `release` as packages name them. */
export interface PackageQuery {
  from?: string;
  to?: string;
  ocid?: string;
  release?: string;
  limit: number;
  cursor?: string;
}

/** Open Contracting Data Standard 1.1: releases and records of the items that the actor may see. */
@Injectable()
export class PackagesService {
  constructor(
    private readonly releases: ReleasesQueries,
    private readonly reference: ReferenceData,
    @Inject(OCDS_PREFIX) private readonly prefix: string,
  ) {}

  /**
   * @param origin where this service is reached, for the addresses in the package
   * @throws problem `not-found` when nothing was released: a package has one release at least
   */
  async releasePackage(actor: Actor, query: PackageQuery, origin: string) {
    const { items, nextCursor } = await this.releases.list(actor, this.filtersOf(query), query);
    const publisher = this.publisher();
    const releases = items.map((item) => releaseOf(item, publisher));
    return { ...this.packageOf(releases, RELEASES_PATH, query, nextCursor, origin), releases };
  }

  /**
   * Records name their releases by address; each has all that is known today as its compiled release.
   *
   * @throws problem `not-found`
   */
  async recordPackage(actor: Actor, query: PackageQuery, origin: string) {
    const { items, nextCursor } = await this.releases.byItem(actor, this.filtersOf(query), query);
    const publisher = this.publisher();
    const compiled: Release[] = [];
    const records = items.map((history) => {
      const releases = history.map((item) => releaseOf(item, publisher));
      const last = compiledOf(releases.at(-1)!);
      compiled.push(last);
      return {
        ocid: last.ocid,
        releases: releases.map(({ id, date, tag }) => ({
          url: `${origin}${RELEASES_PATH}?release=${id}#${id}`,
          date,
          tag,
        })),
        compiledRelease: last,
      };
    });
    return { ...this.packageOf(compiled, RECORDS_PATH, query, nextCursor, origin), records };
  }

  private packageOf(
    releases: readonly Release[],
    path: string,
    { from, to, ocid, release, limit, cursor }: PackageQuery,
    nextCursor: string | null,
    origin: string,
  ) {
    if (releases.length === 0) throw problem('not-found');
    const addressAt = (at: string | undefined) => {
      const parameters = Object.entries({ from, to, ocid, release, limit: String(limit), cursor: at });
      const present = parameters.filter((pair): pair is [string, string] => pair[1] !== undefined);
      return `${origin}${path}?${String(new URLSearchParams(present))}`;
    };
    return {
      uri: addressAt(cursor),
      version: '1.1',
      extensions: EXTENSIONS,
      publishedDate: releases
        .map(({ date }) => date)
        .sort()
        .at(-1),
      publisher: { name: this.publisher().state.name },
      ...(nextCursor !== null && { links: { next: addressAt(nextCursor) } }),
    };
  }

  /** The People's Committee of the province, as the reference list names it. */
  private publisher(): Publisher {
    const committee = this.reference.agency('UBND');
    const name = committee?.name ?? `Ủy ban nhân dân tỉnh ${this.reference.province.name}`;
    return { prefix: this.prefix, state: agencyReference({ code: committee?.code ?? null, name }) };
  }

  /** @throws problem `not-found` for identifiers that are not of this publisher */
  private filtersOf({ from, to, ocid, release }: PackageQuery): ReleaseFilters {
    if (ocid === undefined && release === undefined) return { from, to };
    const start = ocidOf(this.prefix, '');
    const [, item, version] = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:-([1-9]\d{0,8}))?$/.exec(
      (release ?? ocid ?? '').replace(start, ''),
    ) ?? [undefined, undefined, undefined];
    const whole = release === undefined ? version === undefined : version !== undefined;
    if (item === undefined || !whole || !(release ?? ocid ?? '').startsWith(start))
      throw problem('not-found');
    return { from, to, item, ...(version !== undefined && { version: Number(version) }) };
  }
}
