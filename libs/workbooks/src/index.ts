export { columnIndex, columnName, type SheetCell, type SheetRow, type WorkbookSheet } from './sheet.js';
export { dayOfSerial } from './serial-day.js';
export { readWorkbook, XLSX } from './workbook-reader.js';
export { type WorkbookLimits, workbookProblem } from './workbook-problems.js';
