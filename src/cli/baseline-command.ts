import { dirname, relative } from 'node:path';
import { Command } from 'commander';
import { UserFault } from '../errors.ts';
import { buildBaseline, measureForBaseline } from '../gate/baseline/index.ts';
import { identityOf, type Obstacle, obstaclesBetween } from '../gate/regression/index.ts';
import { outputRedactor } from '../record/index.ts';
import { reportSources } from '../report/html/index.ts';
import { createRandom } from '../stats/index.ts';
import { baselinePath, writeBaseline } from './baseline-file.ts';
import { parseSeconds } from './compare-command.ts';
import { type NamedRun, namedRun } from './run-path.ts';
import { defaultWarmUpSec, samplesOf } from './stored-comparison.ts';

const EXAMPLES = `
One run says nothing of how runs differ: give three, better ten.

Examples:
  npx proving-ground baseline reports/*-peak
  npx proving-ground baseline reports/latest --output reports/baselines/peak.json
  npx proving-ground compare reports/baselines/peak.json reports/latest`;

interface Options {
  readonly output?: string;
  readonly warmUp?: number;
}

/** `proving-ground baseline <run…>`: keeps what runs measured in a small file that is reviewed and committed. */
export function baselineCommand(): Command {
  return new Command('baseline')
    .description('Keep the figures of good runs in a small file, to be reviewed, committed and compared with')
    .argument('<run...>', 'folders of runs of one test, or their run.json')
    .option('-o, --output <file>', 'where it goes (baselines/<test>.json beside the folders of the runs)')
    .option('--warm-up <seconds>', 'left out of every run (a first phase called warm-up, else a tenth)', parseSeconds)
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .action((paths: string[], options: Options) => {
      const runs = paths.map(namedRun);
      const [first] = runs;
      if (first === undefined) return;
      refuseUnfit(runs);
      const warmUpSec = options.warmUp ?? defaultWarmUpSec(first.record);
      // One run after the other, so that the samples of only one are in memory.
      const measured = runs.map((run) => {
        const samples = samplesOf({ label: run.name, sources: reportSources(run.folder, run.record) });
        const random = createRandom(`baseline ${run.record.startedAt}`);
        return measureForBaseline(run.name, run.record, samples, { warmUpSec, random });
      });
      const output = options.output ?? baselinePath(dirname(first.folder), first.record.test);
      writeBaseline(output, outputRedactor.texts(buildBaseline(measured, warmUpSec)));
      for (const note of notesOn(runs)) console.error(note);
      console.log(`Wrote ${relative(process.cwd(), output)} from ${countText(runs.length)}`);
    });
}

/** Others will be judged by these: only whole and valid runs of one test as it is, each of them once. */
function refuseUnfit(runs: readonly NamedRun[]): void {
  const reasons = runs.flatMap((run) => reasonsAgainst(run).map((reason) => `${run.name}: ${reason}`));
  const twice = runs.filter(({ name }, index) => runs.findIndex((other) => other.name === name) < index);
  const [first, ...others] = runs;
  const differing = others.flatMap((other) => {
    const found = first === undefined ? [] : obstaclesBetween(identityOf(first.record), identityOf(other.record));
    return found.filter(isInTheWay).map((each) => `${other.name}: ${each.what}: ${each.baseline} | ${each.candidate}`);
  });
  const all = [...reasons, ...twice.map(({ name }) => `${name}: given twice`), ...differing];
  if (all.length === 0) return;
  throw new UserFault('baseline-unfit', `these runs cannot be a baseline:\n  ${all.join('\n  ')}`, {
    hint: 'A baseline is made of completed, valid runs of one unchanged test, on one kind of machine.',
  });
}

function reasonsAgainst({ record: { ending, validity } }: NamedRun): string[] {
  return [
    ...(ending.how === 'completed' ? [] : [`it was ${ending.how}, not completed`]),
    ...ending.faults,
    ...(validity === undefined ? ['nobody judged whether its generator kept up'] : []),
    ...(validity?.outcome === 'not valid' ? ['it is not valid: its generator was the bottleneck'] : []),
  ];
}

/** Runs of several seeds are welcome; all else that is only flagged between two runs would make one file of two systems. */
function isInTheWay({ what }: Obstacle): boolean {
  return what !== 'seed' && what !== 'validity';
}

function notesOn(runs: readonly NamedRun[]): string[] {
  const failed = runs.filter(({ record }) => record.verdict.outcome !== 'passed');
  return [
    ...failed.map(({ name, record }) => `note: ${name} ${record.verdict.outcome}: ${record.verdict.reason}`),
    ...(runs.length < 3 ? ['note: fewer than three runs say nothing of how runs differ'] : []),
  ];
}

function countText(runs: number): string {
  return runs === 1 ? '1 run' : `${runs} runs`;
}
