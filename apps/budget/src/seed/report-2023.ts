import report from '../../data/2023.json' with { type: 'json' };
import type { ItemContent } from '../items/item-state.js';

type Project = (typeof report.projects)[number];
type Activity = (typeof report.activities)[number];

/** The two tables of the 2023 report as items of the list, in their order. */
export function itemsOf2023(): ItemContent[] {
  return [...report.projects.map(fromProject), ...report.activities.map(fromActivity)];
}

function fromProject(project: Project): ItemContent {
  return {
    kind: 'project',
    number: project.number,
    name: project.name,
    owner: project.owner,
    group: null,
    fiscalYear: report.fiscalYear,
    years: { from: project.yearFrom, to: project.yearTo },
    totalCost: project.totalCost,
    // A blank cell is "not determined", not 0 đồng.
    plannedByYear: project.planned2023 === null ? {} : { [report.fiscalYear]: project.planned2023 },
    requested: null,
    allocated: null,
    progressPhrase: project.progressPhrase,
    note: null,
    sourceDocument: sourceOf(project),
  };
}

function fromActivity(activity: Activity): ItemContent {
  return {
    kind: 'activity',
    number: activity.number,
    name: activity.name,
    owner: activity.lead,
    group: activity.group.name,
    fiscalYear: report.fiscalYear,
    years: null,
    totalCost: null,
    plannedByYear: {},
    requested: activity.requested,
    allocated: activity.allocated,
    progressPhrase: activity.progressPhrase,
    note: activity.note,
    sourceDocument: sourceOf(activity),
  };
}

function sourceOf(row: { sourceTable: string; row: number }): ItemContent['sourceDocument'] {
  return { document: report.document, clause: `${row.sourceTable}, dòng ${row.row}`, asOf: report.asOf };
}
