import { wilsonInterval } from 'proving-ground/stats/index.ts';
import { markdownTable } from '../measure/generated-section.ts';
import { type BaselineScore, baselineScores } from './baselines.ts';
import { FAULTS, type Truth } from './cases.ts';
import type { JudgedRun } from './judge-run.ts';

/** The rows of all tables. */
const TRUTHS: readonly Truth[] = [...Object.values(FAULTS), 'healthy'];

/** What a diagnosis said in one word: its first cause, or that there is none. */
export function saidOf({ answer, causes }: Pick<JudgedRun, 'answer' | 'causes'>): string {
  return causes[0]?.cause ?? answer;
}

/** How often the diagnosis was right. */
export interface Score {
  readonly broken: number;
  readonly first: number;
  readonly firstThree: number;
  readonly healthy: number;
  readonly silent: number;
}

/** Healthy runs are silent where no bottleneck of the system is named, whatever else is said. */
export function scoreOf(runs: readonly JudgedRun[]): Score {
  const broken = runs.filter(({ about }) => about.truth !== 'healthy');
  const healthy = runs.filter(({ about }) => about.truth === 'healthy');
  const isAmong = (count: number) => {
    return ({ about, causes }: JudgedRun): boolean => causes.slice(0, count).some(({ cause }) => cause === about.truth);
  };
  return {
    broken: broken.length,
    first: broken.filter(isAmong(1)).length,
    firstThree: broken.filter(isAmong(3)).length,
    healthy: healthy.length,
    silent: healthy.filter(({ answer }) => answer !== 'bottleneck').length,
  };
}

/** All tables of a set of runs, as Markdown. @param reference healthy runs of the other set. */
export function studyTables(runs: readonly JudgedRun[], reference: readonly JudgedRun[]): string {
  if (runs.length === 0) return 'Nothing measured yet.';
  const { broken, first, firstThree, healthy, silent } = scoreOf(runs);
  const machines = [...new Set(runs.map(({ about }) => about.machine))];
  const days = [...new Set(runs.map(({ about }) => about.measuredAt.slice(0, 10)))].sort();
  return [
    `${runs.length} runs, measured ${days.join(', ')} on ${machines.join('; ')}.`,
    markdownTable(
      ['', 'runs', 'share', '95 % interval', 'goal', 'reached'],
      [
        line('right cause first', first, broken, 0.9),
        line('right cause among the first three', firstThree, broken, 0.97),
        line('healthy, and no bottleneck named', silent, healthy, 0.95),
      ],
    ),
    'By fault:',
    markdownTable(
      ['what was wrong', 'runs', 'first', '95 % interval', 'among three', 'what was said instead'],
      TRUTHS.map((truth) => faultLine(truth, runs)),
    ),
    'Confusion: rows are what was wrong, columns what was named first.',
    confusion(runs),
    'Naive rules on the same runs, right where the metric that they name belongs to the fault:',
    baselineTable(baselineScores(runs, reference)),
  ].join('\n\n');
}

function line(name: string, count: number, all: number, goal: number): string[] {
  const share = all === 0 ? Number.NaN : count / all;
  return [
    name,
    `${count} of ${all}`,
    percent(count, all),
    interval(count, all),
    `≥ ${goal * 100} %`,
    share >= goal ? 'yes' : 'no',
  ];
}

function faultLine(truth: Truth, runs: readonly JudgedRun[]): string[] {
  const own = runs.filter(({ about }) => about.truth === truth);
  const { first, firstThree, silent } = scoreOf(own);
  const right = truth === 'healthy' ? silent : first;
  const wrong = own.map(saidOf).filter((said) => (truth === 'healthy' ? isCause(said) : said !== truth));
  return [
    truth,
    String(own.length),
    String(right),
    interval(right, own.length),
    truth === 'healthy' ? '' : String(firstThree),
    counted(wrong),
  ];
}

function isCause(said: string): boolean {
  return !['no bottleneck', 'not determined', 'generator', 'no data'].includes(said);
}

function counted(words: readonly string[]): string {
  return [...new Set(words)].map((word) => `${word} (${words.filter((each) => each === word).length})`).join(', ');
}

function confusion(runs: readonly JudgedRun[]): string {
  const said = [...new Set(runs.map(saidOf))];
  const columns = [
    ...TRUTHS.filter((truth) => said.includes(truth)),
    ...said.filter((word) => !TRUTHS.some((truth) => truth === word)),
  ];
  const rows = TRUTHS.map((truth) => {
    const own = runs.filter(({ about }) => about.truth === truth);
    return [truth, ...columns.map((column) => String(own.filter((run) => saidOf(run) === column).length || ''))];
  });
  return markdownTable(['', ...columns], rows);
}

function baselineTable(scores: readonly BaselineScore[]): string {
  return markdownTable(
    ['rule', 'right metric first', 'among the first three', 'healthy, and nothing named'],
    scores.map(({ name, first, firstThree, broken, silent, healthy }) => [
      name,
      percent(first, broken),
      percent(firstThree, broken),
      percent(silent, healthy),
    ]),
  );
}

function percent(count: number, all: number): string {
  return all === 0 ? '' : `${((100 * count) / all).toFixed(1)} %`;
}

function interval(count: number, all: number): string {
  const wilson = wilsonInterval(count, all);
  return wilson === undefined ? '' : `${(100 * wilson.low).toFixed(1)} – ${(100 * wilson.high).toFixed(1)} %`;
}
