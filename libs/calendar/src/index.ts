export * from './clock.js';
export * from './clock.module.js';
export * from './days.js';
export * from './working-calendar.js';
export * from './due-phrase.js';
export * from './timeliness.js';
