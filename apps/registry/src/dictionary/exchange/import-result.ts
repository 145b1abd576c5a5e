import { BooleanField, EnumField, IntegerField, kinds, ListField, QueryBooleanField } from '#libs/http';
import { RemarkView } from '#libs/workbooks';
import { type Remark, REMARK_CODES, type RemarkCode } from './remarks.js';

/** Further faults of a hopeless file are counted, not listed. */
export const MAX_REMARKS = 1_000;

export interface DictionaryImportResult {
  dryRun: boolean;
  /** Whether the file has no fault, so that all of it is, or would be, imported. */
  accepted: boolean;
  /** What was, or would be, done; all 0 when not accepted. */
  created: number;
  changed: number;
  unchanged: number;
  faultCount: number;
  faults: Remark[];
  warnings: Remark[];
}

export class DictionaryImportQuery {
  @QueryBooleanField({ description: 'Only say what the import would do', optional: true, default: false })
  dryRun?: boolean;
}

class DictionaryRemarkView extends RemarkView implements Remark {
  @EnumField(REMARK_CODES, { description: 'What it is; stable' })
  code: RemarkCode;
}

export class DictionaryImportView implements DictionaryImportResult {
  @BooleanField({ description: 'Nothing was stored' })
  dryRun: boolean;

  @BooleanField({ description: 'The file has no fault: all of it is, or would be, imported' })
  accepted: boolean;

  @IntegerField({ description: 'New ones', min: 0 })
  created: number;

  @IntegerField({ description: 'Changed ones', min: 0 })
  changed: number;

  @IntegerField({ description: 'Those that are exactly so already', min: 0 })
  unchanged: number;

  @IntegerField({ description: 'Number of faults', min: 0 })
  faultCount: number;

  @ListField(kinds.object(() => DictionaryRemarkView), { description: 'The first faults', max: MAX_REMARKS })
  faults: DictionaryRemarkView[];

  @ListField(kinds.object(() => DictionaryRemarkView), {
    description: 'What is imported, but should be looked at',
    max: MAX_REMARKS,
  })
  warnings: DictionaryRemarkView[];
}
