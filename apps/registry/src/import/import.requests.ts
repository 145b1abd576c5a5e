import { CursorQuery, QueryBooleanField, TextField } from '#libs/http';

export class CatalogueImportQuery {
  @QueryBooleanField({
    description: 'Only say what the import would do; nothing is stored',
    optional: true,
    default: false,
  })
  dryRun?: boolean;

  @TextField({ description: 'Name of the file, for the log of imports', max: 255, optional: true })
  fileName?: string;
}

export class ListImportsQuery extends CursorQuery {}
