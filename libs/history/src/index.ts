export { type AggregateChange, AggregateStore, type StoreDefinition } from './aggregate-store.js';
export { type Author, type Ground, type Happened, History } from './history.js';
export { HistoryModule } from './history.module.js';
export { HistoryLineView, HistoryQuery } from './history.view.js';
