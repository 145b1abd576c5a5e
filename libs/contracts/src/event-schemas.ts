import { budgetEstimateEventSchemas } from './budget-estimate-events.js';
import { budgetEventSchemas } from './budget-events.js';
import { bindingEventSchemas } from './binding-events.js';
import { datasetEventSchemas } from './dataset-events.js';
import { exchangeStandingEventSchemas } from './exchange-standing-events.js';
import { explanationEventSchemas } from './explanation-events.js';
import { registryConnectionEventSchemas } from './registry-connection-events.js';
import { registryDictionaryEventSchemas } from './registry-dictionary-events.js';
import { registryEventSchemas } from './registry-events.js';
import { registryListEventSchemas } from './registry-list-events.js';
import { registryPartnerEventSchemas } from './registry-partner-events.js';
import { registryPublicationEventSchemas } from './registry-publication-events.js';
import { registryQualityEventSchemas } from './registry-quality-events.js';
import { registryReportEventSchemas } from './registry-report-events.js';
import { reportEventSchemas } from './report-event-schemas.js';
import { sharingDatasetEventSchemas } from './sharing-dataset-events.js';
import { sharingGrantEventSchemas } from './sharing-grant-events.js';
import { sharingRequestEventSchemas } from './sharing-request-events.js';
import { staffingEventSchemas } from './staffing-events.js';
import { supportPlanEventSchemas } from './staffing-support-events.js';
import { trainingPlanEventSchemas } from './staffing-training-events.js';
import { taskEventSchemas } from './tasks-events.js';

/** JSON Schema (draft 2020-12) of the data of every event on the bus, by event type. */
export const eventSchemas: Readonly<Record<string, object>> = {
  ...taskEventSchemas,
  ...explanationEventSchemas,
  ...bindingEventSchemas,
  ...reportEventSchemas,
  ...budgetEventSchemas,
  ...budgetEstimateEventSchemas,
  ...registryEventSchemas,
  ...registryListEventSchemas,
  ...registryPartnerEventSchemas,
  ...registryReportEventSchemas,
  ...registryConnectionEventSchemas,
  ...registryDictionaryEventSchemas,
  ...registryPublicationEventSchemas,
  ...registryQualityEventSchemas,
  ...datasetEventSchemas,
  ...sharingDatasetEventSchemas,
  ...sharingRequestEventSchemas,
  ...sharingGrantEventSchemas,
  ...exchangeStandingEventSchemas,
  ...staffingEventSchemas,
  ...trainingPlanEventSchemas,
  ...supportPlanEventSchemas,
};
