import { CursorQuery, InstantField, TextField } from '#libs/http';

export class RecordPackageQuery extends CursorQuery {
  @InstantField({ description: 'Only what was released at or after this instant', optional: true })
  from?: string;

  @InstantField({ description: 'Only what was released before this instant', optional: true })
  to?: string;

  @TextField({ description: 'Only this contracting process', max: 100, optional: true })
  ocid?: string;
}

export class ReleasePackageQuery extends RecordPackageQuery {
  @TextField({ description: 'Only this release', max: 120, optional: true })
  release?: string;
}
