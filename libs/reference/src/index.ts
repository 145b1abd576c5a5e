export * from './types.js';
export { AGENCY_CODE } from './agency-code.js';
export { foldVietnamese } from './fold.js';
export * from './reference-data.js';
export { ReferenceFileError } from './file-reader.js';
export * from './loader.js';
export * from './reference.module.js';
