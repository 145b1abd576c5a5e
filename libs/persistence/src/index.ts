export * from './persistence.module.js';
export * from './transaction-scope.js';
export * from './columns.js';
export { migrate } from './migrate.js';
