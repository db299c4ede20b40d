// Artillery constructs the default export, one in each worker.
export { UndiciEngine as default } from './engine.ts';
