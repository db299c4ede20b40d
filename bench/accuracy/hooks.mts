// What the tests of the accuracy bench call, in both engines: it numbers the users, and tells the clock of the worker.
import { writeFileSync } from 'node:fs';

interface Context {
  readonly vars: Record<string, unknown>;
}

let users = 0;

/** Milliseconds to add to a time since the epoch, as the worker sees it, to get one of `process.hrtime`. */
function epochToHrtimeMs(): number {
  const hrtimeMs = Number(process.hrtime.bigint()) / 1e6;
  return hrtimeMs - performance.now() - performance.timeOrigin;
}

/** For `beforeScenario`: the number of the user in the order of arrival, from 0. */
export async function numberUser(context: Context): Promise<void> {
  if (users === 0) writeFileSync(String(process.env.CLOCK_FILE), String(epochToHrtimeMs()));
  context.vars.n = users;
  users += 1;
}
