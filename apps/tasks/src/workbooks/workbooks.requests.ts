import { QueryBooleanField } from '#libs/http';

export class TaskImportQuery {
  @QueryBooleanField({
    description: 'Only say what the import would do; nothing is stored',
    optional: true,
    default: false,
  })
  dryRun?: boolean;
}
