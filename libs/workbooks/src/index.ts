export { agenciesCell, agencyCell, agencyChoices, agencyOf, readAgencies } from './agency-cells.js';
export { CSV, csvOf, csvProblem, guarded, readCsv, unguarded } from './csv.js';
export {
  type Place,
  quoted,
  type Remark,
  type RemarkMaker,
  remarksOf,
  RemarkView,
  TABLE_TEXTS,
  TextsView,
} from './remarks.js';
export {
  columnIndex,
  columnName,
  PLAIN_CELL,
  type SheetCell,
  type SheetRow,
  type WorkbookSheet,
} from './sheet.js';
export { dayOfSerial } from './serial-day.js';
export {
  addTitle,
  fitRows,
  FONT,
  frame,
  HEAD_FILL,
  PAGE_FOOTER,
  pageOf,
  type TitleLine,
} from './print-style.js';
export {
  addLines,
  addLists,
  beginWorkbook,
  type Book,
  type CellValue,
  choiceOf,
  FIRST_ROW,
  type RowValues,
  SheetTable,
} from './sheet-writer.js';
export { type Column, dayOfText, type Notes, readTable, type TableForm, TableRow } from './table-reader.js';
export { workbookOf } from './workbook-body.js';
export { type Reading, XLSX } from './workbook-reader.js';
export { readWorkbook, workbookThread } from './workbook-thread.js';
export { importProblem, type WorkbookLimits, workbookProblem } from './workbook-problems.js';
