// Whether the reported times and the sent load are true: a server that knows when it answered, and a plan, against what our
// engine and Artillery's own report. docs/accuracy.md says how.
//
//   npm run bench:accuracy                       # everything, and writes its figures into docs/accuracy.md
//   node bench/accuracy.ts --short --json        # seconds; what the tests run
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { EXPERIMENTS, SHAPES, SHORT_EXPERIMENTS, SHORT_SHAPES } from './accuracy/experiments.ts';
import {
  BARE_SOCKETS,
  ENGINES,
  measureBareSocket,
  measureExperiment,
  measureShapes,
  type Reported,
  type ShapesKept,
} from './accuracy/measure.ts';
import type { Manner } from './accuracy/run-test.ts';
import { quantileTables, shapeTable, singleErrorTable } from './accuracy/tables.ts';
import { findCores } from './measure/cores.ts';
import { writeSection } from './measure/generated-section.ts';
import { describeLoad, describeMachine } from './measure/machine.ts';
import { createProgress } from './measure/progress.ts';
import { stopAllSessions } from './measure/session.ts';

const PAGE = fileURLToPath(new URL('../docs/accuracy.md', import.meta.url));

const { values: options } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});

interface Measured {
  readonly reports: readonly Reported[];
  readonly kept: readonly ShapesKept[];
  /** One line for each run that left no results. */
  readonly failures: readonly string[];
}

async function measureAll(): Promise<Measured> {
  const cores = findCores();
  // Artillery's own engine is there for comparison, which is none of the tests' business.
  const engines = options.short ? ENGINES.slice(0, 1) : ENGINES;
  const manners: readonly Manner[] = options.short ? ['awake'] : ['awake', 'asleep'];
  const experiments = options.short ? SHORT_EXPERIMENTS : EXPERIMENTS;
  const shapes = options.short ? SHORT_SHAPES : SHAPES;
  const progress = createProgress(experiments.length * (engines.length + manners.length) + 1);
  const reports: Reported[] = [];
  const failures: string[] = [];
  for (const experiment of experiments) {
    for (const manner of manners) {
      progress.step(`${BARE_SOCKETS[manner]}: ${experiment.name}`);
      const report = await orFailure(measureBareSocket(experiment, manner, cores), failures);
      if (report !== undefined) reports.push(report);
    }
    for (const engine of engines) {
      progress.step(`${engine.name}: ${experiment.name}`);
      const report = await orFailure(measureExperiment(experiment, engine, cores), failures);
      if (report !== undefined) reports.push(report);
    }
  }
  progress.step('shapes of load');
  // Both at the same time: neither needs more than a fraction of a core.
  const kept = await Promise.all(engines.map((engine) => orFailure(measureShapes(shapes, engine, cores), failures)));
  return { reports, kept: kept.filter((each) => each !== undefined), failures };
}

/** A run that fails is told at the end, and takes none of the others with it. */
async function orFailure<T>(run: Promise<T>, failures: string[]): Promise<T | undefined> {
  try {
    return await run;
  } catch (thrown) {
    failures.push(String(thrown));
    return undefined;
  }
}

async function bench(): Promise<void> {
  const machine = `${describeMachine()}. ${await describeLoad()}`;
  const { reports, kept, failures } = await measureAll();
  const parts = [machine, quantileTables(reports), '**Single requests**', singleErrorTable(reports)];
  const text = [...parts, '**Arrivals**', shapeTable(kept)].join('\n\n');
  console.log(options.json ? JSON.stringify({ machine, reports, kept, failures }, undefined, 2) : text);
  for (const failure of failures) console.error(`failed: ${failure}`);
  if (options.write) writeSection(PAGE, 'accuracy', text);
  if (failures.length > 0) process.exitCode = 1;
}

try {
  await bench();
} finally {
  await stopAllSessions();
}
