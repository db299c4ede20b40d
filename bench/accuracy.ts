// Whether the reported times and the sent load are true: a server that knows when it answered, and a plan, against what our
// engine and Artillery's own report. docs/accuracy.md says how.
//
//   npm run bench:accuracy                       # everything, and writes its figures into docs/accuracy.md
//   node bench/accuracy.ts --short --json        # seconds; what the tests run
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { EXPERIMENTS, SHAPES, SHORT_EXPERIMENTS, SHORT_SHAPES } from './accuracy/experiments.ts';
import { ENGINES, measureExperiment, measureShapes, type Reported, type ShapesKept } from './accuracy/measure.ts';
import { quantileTables, shapeTable, singleErrorTable } from './accuracy/tables.ts';
import { findCores } from './measure/cores.ts';
import { writeSection } from './measure/generated-section.ts';
import { describeMachine, loadBefore } from './measure/machine.ts';
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

async function measureAll(): Promise<{ reports: Reported[]; kept: ShapesKept[] }> {
  const cores = findCores();
  // Artillery's own engine is there for comparison, which is none of the tests' business.
  const engines = options.short ? ENGINES.slice(0, 1) : ENGINES;
  const experiments = options.short ? SHORT_EXPERIMENTS : EXPERIMENTS;
  const progress = createProgress(experiments.length * engines.length + 1);
  const reports: Reported[] = [];
  for (const experiment of experiments) {
    for (const engine of engines) {
      progress.step(`${engine.name}: ${experiment.name}`);
      reports.push(await measureExperiment(experiment, engine, cores));
    }
  }
  progress.step('shapes of load');
  return { reports, kept: await measureShapes(options.short ? SHORT_SHAPES : SHAPES, engines, cores) };
}

async function bench(): Promise<void> {
  const machine = `${describeMachine()}. Load of the machine before: ${loadBefore().toFixed(2)}.`;
  const { reports, kept } = await measureAll();
  const parts = [machine, quantileTables(reports), '**Single requests**', singleErrorTable(reports)];
  const text = [...parts, '**Arrivals**', shapeTable(kept)].join('\n\n');
  console.log(options.json ? JSON.stringify({ machine, reports, kept }, undefined, 2) : text);
  if (options.write) writeSection(PAGE, 'accuracy', text);
}

try {
  await bench();
} finally {
  await stopAllSessions();
}
