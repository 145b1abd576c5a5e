export * from './persistence.module.js';
export * from './transaction-scope.js';
export { tentatively } from './tentatively.js';
export * from './columns.js';
export { SecretSealer } from './sealing/secret-sealer.js';
export { migrate } from './migrate.js';
export { FirstStart } from './first-start/first-start.js';
export { FirstStartTable1767225600000 } from './first-start/first-start-table.js';
export { FirstStartModule } from './first-start/first-start.module.js';
