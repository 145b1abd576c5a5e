import { TextField, UuidField } from '#libs/http';
import { HeadCountView } from '../units/unit.view.js';
import type { HeadCountReportState } from './head-counts.service.js';

/** A report as it is answered. */
export class HeadCountReportView extends HeadCountView implements HeadCountReportState {
  @UuidField({ description: 'Identifier of the report' })
  id: string;

  @TextField({ description: 'Agency that reported; null: a token without one', max: 64, nullable: true })
  reportedByAgency: string | null;
}
