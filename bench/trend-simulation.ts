// How often a trend is right on histories whose truth is known: false alarms without a change, and how often a change is found.
// Six endpoints, p50 and p95, half of the noise common to all of them; only Search changes.
//
//   npm run bench:trend-simulation           # a minute or two on one core; writes into docs/trend.md
//   node bench/trend-simulation.ts           # prints only
//   node bench/trend-simulation.ts --histories 20
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findTrend, type TrendChange } from '../src/gate/trend/index.ts';
import { type MadeHistory, madeHistory } from '../src/gate/trend/testing/made-history.ts';
import { createRandom, type Random, wilsonInterval } from '../src/stats/index.ts';
import { writeSection } from './measure/generated-section.ts';

const PAGE = fileURLToPath(new URL('../docs/trend.md', import.meta.url));
const PERMUTATIONS = 199;

const { values: options } = parseArgs({
  options: { histories: { type: 'string', default: '150' }, write: { type: 'boolean', default: false } },
});
const histories = Number(options.histories);

const farValues = (random: Random): number => (random.chance(0.1) ? 10 : 1) * (random.next() - 0.5);

const CASES: readonly (readonly [what: string, made: MadeHistory])[] = [
  ['nothing; noise of 1 %', { runs: 20, noise: 0.01 }],
  ['nothing; noise of 1 %', { runs: 40, noise: 0.01 }],
  ['nothing; noise with far values', { runs: 20, noise: 0.05, shape: farValues }],
  ['a drift of 3 %; noise of 0.5 %', { runs: 20, noise: 0.005, drift: 0.03 }],
  ['a drift of 3 %; noise of 1 %', { runs: 20, noise: 0.01, drift: 0.03 }],
  ['a drift of 3 %; noise of 2 %', { runs: 20, noise: 0.02, drift: 0.03 }],
  ['a drift of 6 %; noise of 2 %', { runs: 40, noise: 0.02, drift: 0.06 }],
  ['a step of 3 %; noise of 1 %', { runs: 20, noise: 0.01, step: { at: 10, share: 0.03 } }],
  ['a step of 5 %; noise of 2 %', { runs: 40, noise: 0.02, step: { at: 25, share: 0.05 } }],
  ['a step of 5 %; noise of 5 %', { runs: 40, noise: 0.05, step: { at: 20, share: 0.05 } }],
];

const table = [
  '| what happens to Search | runs | said of Search | 95 % interval | said of another endpoint | said of any | step within one run of the truth |',
  '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
  ...CASES.map(([what, made]) => rowOf(what, made)),
].join('\n');
console.log(table);
if (options.write) writeSection(PAGE, 'simulation', table);

function rowOf(what: string, made: MadeHistory): string {
  const found = Array.from({ length: histories }, (_, seed) => {
    const history = madeHistory({ ...made, seed: `${what} ${made.runs} ${seed}` });
    return findTrend(history, { random: createRandom(`${what} ${seed}`), permutations: PERMUTATIONS }).changes;
  });
  const any = found.filter((changes) => changes.length > 0).length;
  const own = found.filter((changes) => changes.some(isSearch)).length;
  const others = found.filter((changes) => changes.some((change) => !isSearch(change))).length;
  const interval = wilsonInterval(own, histories) ?? { low: 0, high: 1 };
  const placed = found.filter((changes) => changes.some((change) => isAtStep(change, made))).length;
  const cells = [
    what,
    made.runs,
    percent(own / histories),
    `${percent(interval.low)} to ${percent(interval.high)}`,
    percent(others / histories),
    percent(any / histories),
    made.step === undefined ? '' : percent(placed / Math.max(1, own)),
  ];
  return `| ${cells.join(' | ')} |`;
}

function isSearch({ target }: TrendChange): boolean {
  return target.name === 'Search';
}

function isAtStep({ kind, run, target }: TrendChange, { step }: MadeHistory): boolean {
  const at = Number(run.name.replace('run ', ''));
  return target.name === 'Search' && kind === 'step' && step !== undefined && Math.abs(at - step.at) <= 1;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}
