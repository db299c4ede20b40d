import { warmUp } from './warm-up.ts';

// A worker waits for it before it makes its engine, and with it the plan of the arrivals.
if (process.env.LOCAL_WORKER_ID !== undefined) await warmUp();

// Artillery constructs the default export, one in each worker.
export { UndiciEngine as default } from './engine.ts';
