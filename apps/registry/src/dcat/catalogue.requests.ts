import { CursorQuery, InstantField, QueryIntegerField } from '#libs/http';

/** Datasets of a page: some 5 kB each, and half a millisecond to write. */
const DEFAULT_PAGE = 100;
const MAX_PAGE = 200;

export class CatalogueQuery extends CursorQuery {
  @QueryIntegerField({
    description: 'Greatest number of datasets in a page',
    min: 1,
    max: MAX_PAGE,
    optional: true,
    default: DEFAULT_PAGE,
  })
  override limit: number = DEFAULT_PAGE;

  @InstantField({
    description: 'Only what was changed since, this instant included; what ceased to be open is named too',
    optional: true,
  })
  changedSince?: string;
}
