// How near real searches come to a capacity that is known: servers with so many workers, each busy for so long with a request. Ramp-and-abort and
// bisection beside them, with the same trials. Results are kept, so that it can be interrupted and go on.
//
//   npm run bench:capacity                  # an hour and a half; measures what is missing, writes into docs/capacity.md
//   node bench/capacity.ts --most 1         # the next one that is missing, then prints
//   node bench/capacity.ts --most 0 --json  # what is there
//   node bench/capacity.ts --only search-2x20ms-1 --minutes 2 --cache /tmp/try
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readCapacityTest } from 'proving-ground/cli/capacity/capacity-test.ts';
import { TrialRuns } from 'proving-ground/cli/capacity/trial-runs.ts';
import { startSystem } from 'proving-ground/cli/system/started-system.ts';
import { parseCapacityRecord } from 'proving-ground/gate/capacity/index.ts';
import { CELLS, type Cell } from './capacity/cells.ts';
import type { KnownSystem } from './capacity/known-server.ts';
import { bisection, RANGE, ramp } from './capacity/procedures.ts';
import { type Result, resultStore, resultTables } from './capacity/results.ts';
import { writeSection } from './measure/generated-section.ts';

const HERE = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const PAGE = HERE('../docs/capacity.md');
const TEST = HERE('capacity/known.yml');
const UNTIL = 'p95 of "Ask" < 300 ms and error rate < 1 %';

const { values: options } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    cache: { type: 'string', default: 'reports/capacity-study' },
    most: { type: 'string', default: '1000' },
    only: { type: 'string' },
    minutes: { type: 'string', default: '6' },
  },
});

const store = resultStore(options.cache);
const cells = CELLS.filter(({ id }) => options.only === undefined || id === options.only);
for (const cell of cells.filter((each) => store.read(each) === undefined).slice(0, Number(options.most))) {
  const startedAt = Date.now();
  const measured = cell.procedure === 'search' ? search(cell) : await beside(cell);
  const seconds = (Date.now() - startedAt) / 1_000;
  store.write({ id: cell.id, ...measured, seconds, measuredAt: new Date(startedAt).toISOString() });
  console.error(`${cell.id}: ${measured.perSec?.toFixed(1) ?? 'nothing'} after ${seconds.toFixed(0)} s`);
}
const measured = cells.flatMap((cell) => {
  const result = store.read(cell);
  return result === undefined ? [] : [{ cell, result }];
});
const tables = resultTables(measured);
console.log(options.json ? JSON.stringify(measured) : tables);
if (options.write) writeSection(PAGE, 'searches', tables);

type Measured = Omit<Result, 'id' | 'seconds' | 'measuredAt'>;

function commandOf({ workers, serviceMs }: KnownSystem): string {
  return `node ${HERE('capacity/known-server.ts')} --workers ${workers} --service-ms ${serviceMs}`;
}

/** The command, as a user types it. */
function search({ system, repetition, id }: Cell): Measured {
  const output = mkdtempSync(join(tmpdir(), 'capacity-bench-'));
  try {
    const flags = ['--until', UNTIL, '--start', commandOf(system), '--minutes', options.minutes, '-o', output];
    const main = HERE('../src/cli/main.ts');
    spawnSync(process.execPath, [main, 'capacity', TEST, ...flags, '--seed', `${id} ${repetition}`], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const record = parseCapacityRecord(JSON.parse(readFileSync(join(output, 'capacity.json'), 'utf8')));
    const { estimate, answer, broke, trials } = record;
    return {
      perSec: estimate?.perSec,
      ...(estimate === undefined ? {} : { low: estimate.lowPerSec, high: estimate.highPerSec }),
      ...(broke === undefined ? {} : { broke: broke.what }),
      ...{ answer, trials: trials.length },
    };
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

/** What others do, with trials that are measured and judged in the same way. */
async function beside({ procedure, system, id }: Cell): Promise<Measured> {
  const test = readCapacityTest(TEST, { until: UNTIL, environment: undefined, phase: undefined });
  const { signal } = new AbortController();
  const start = { cwd: process.cwd(), env: {}, ready: undefined, timeoutSec: 20, signal };
  const started = await startSystem({ command: commandOf(system), ...start });
  const runs = new TrialRuns({
    ...{ test, url: started.url, seed: id, signal, mostPerSec: RANGE.toPerSec },
    ...{ from: undefined, to: undefined, confirmSec: 10 },
  });
  try {
    const { perSec, trials } = await (procedure === 'ramp' ? ramp(runs) : bisection(runs));
    return { perSec, trials, answer: perSec === undefined ? 'nothing' : 'found' };
  } finally {
    runs.close();
    await started.stop();
  }
}
