import { changeText, intervalText } from 'proving-ground/gate/regression/index.ts';
import { wilsonInterval } from 'proving-ground/stats/wilson-interval.ts';
import { markdownTable } from '../measure/generated-section.ts';
import { type JudgedCell, STUDY_RULES } from './judge-cell.ts';
import { targetLines } from './targets.ts';

/** All tables about one machine. @param cells at least one. */
export function studyTables(cells: readonly JudgedCell[]): string {
  return [
    whereAndWhen(cells),
    '**What was aimed for.** Gates are resampled from measured pairs and not independent of each other; intervals are Wilson’s of 95 %, as if they were.',
    markdownTable(['aim', 'measured', 'holds'], targetLines(cells)),
    '**Answers of the gate**',
    answersTable(cells),
    '**What was found of "Search"**, by all healthy pairs of a cell: change and its interval of 95 %.',
    effectsTable(cells),
    '**The first twelve pairs by other rules**: how often any endpoint is called slower by its p95. Spoiled pairs are among them, since none of these rules has a word for that.',
    othersTable(cells),
  ].join('\n\n');
}

function whereAndWhen(cells: readonly JudgedCell[]): string {
  const machines = [...new Set(cells.flatMap((cell) => cell.machines))];
  const days = cells.flatMap((cell) => cell.days).sort();
  const [first, last] = [days[0], days.at(-1)];
  const when = first === last ? `on ${first}` : `from ${first} to ${last}`;
  const count = cells.reduce((sum, { pairs }) => sum + pairs, 0);
  return `${count} pairs, measured ${when} on ${machines.join('; ')}.`;
}

function answersTable(cells: readonly JudgedCell[]): string {
  const titles = [
    'injected',
    'pairs measured',
    'healthy',
    'gates',
    'regressed',
    '95 % interval',
    'unchanged',
    'inconclusive',
    'improved',
    'pairs taken',
    'regressed, with time for all pairs',
    'culprit right',
    'p50 alone',
    'p95 alone',
  ];
  return markdownTable(
    titles,
    cells.map(({ cell, pairs, healthy, gates, answers, patient, meanPairs, blame, alone }) => {
      const blamed = blame.right + blame.wrong + blame.none;
      return [
        cell.injection.name,
        String(pairs),
        String(healthy),
        String(gates),
        percent(answers.regressed, gates),
        interval(answers.regressed, gates),
        percent(answers.unchanged, gates),
        percent(answers.inconclusive, gates),
        percent(answers.improved, gates),
        meanPairs.toFixed(1),
        percent(patient.regressed, gates),
        cell.injection.hasCulprit && blamed > 0 ? percent(blame.right, blamed) : '',
        percent(alone.p50, gates),
        percent(alone.p95, gates),
      ];
    }),
  );
}

function effectsTable(cells: readonly JudgedCell[]): string {
  return markdownTable(
    ['injected', 'p50', 'p95', 'error rate'],
    cells.map(({ cell, effects }) => [
      cell.injection.name,
      ...(['p50', 'p95', 'error rate'] as const).map((metric) => {
        const effect = effects.find((each) => each.metric === metric);
        return effect === undefined ? '' : `${changeText(effect, effect.change)} (${intervalText(effect)})`;
      }),
    ]),
  );
}

function othersTable(cells: readonly JudgedCell[]): string {
  return markdownTable(
    ['rule', ...cells.map(({ cell }) => cell.injection.name)],
    [
      ['this gate', ...cells.map(({ answers, gates }) => percent(answers.regressed, gates))],
      ...STUDY_RULES.map(({ name }, index) => [
        name,
        ...cells.map(({ others, gates }) => percent(others[index] ?? 0, gates)),
      ]),
    ],
  );
}

function percent(count: number, all: number): string {
  return all === 0 ? '' : `${((100 * count) / all).toFixed(1)} %`;
}

function interval(count: number, all: number): string {
  const wilson = wilsonInterval(count, all);
  return wilson === undefined ? '' : `${(100 * wilson.low).toFixed(1)} – ${(100 * wilson.high).toFixed(1)} %`;
}
