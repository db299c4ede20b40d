import { wilsonInterval } from 'proving-ground/stats/wilson-interval.ts';
import { markdownTable } from '../measure/generated-section.ts';
import { OTHER_RULES } from './other-rules.ts';
import type { Coverage } from './score-gate.ts';
import type { StudyCell } from './study.ts';

/** All tables of the page, from what was simulated. */
export function studyTables(cells: readonly StudyCell[]): string {
  return [
    '**Answers of the gate**',
    answersTable(cells),
    '**The first twelve pairs by other rules**: how often any endpoint is called slower by its p95.',
    othersTable(cells),
    '**Intervals of 95 %** of p50 and p95 of three endpoints, where the truth is known: how often they hold it. A case is one interval; the six of one gate are not independent.',
    coverageTable(cells),
    '**Choices that were not made**, on the same pairs.',
    variantsTable(cells),
  ].join('\n\n');
}

function answersTable(cells: readonly StudyCell[]): string {
  return markdownTable(
    [
      'injected',
      'machine',
      'gates',
      'regressed',
      '95 % interval',
      'unchanged',
      'inconclusive',
      'improved',
      'pairs run',
      'culprit first',
      'p50 alone',
      'p95 alone',
    ],
    cells.map(({ scenario, machine, gates, answers, meanPairs, culprit, alone }) => {
      const { regressed, unchanged, inconclusive, improved } = answers;
      const blamed = culprit.right + culprit.wrong + culprit.none;
      return [
        scenario.injection.name,
        machine.name,
        String(gates),
        percent(regressed, gates),
        interval(regressed, gates),
        percent(unchanged, gates),
        percent(inconclusive, gates),
        percent(improved, gates),
        meanPairs.toFixed(1),
        scenario.hasCulprit && blamed > 0 ? percent(culprit.right, blamed) : '',
        percent(alone.p50, gates),
        percent(alone.p95, gates),
      ];
    }),
  );
}

function othersTable(cells: readonly StudyCell[]): string {
  const shown = cells.filter(({ scenario }) => /A\/A|\+5 |\+10 |\+20 /.test(scenario.injection.name));
  return markdownTable(
    ['rule', ...shown.map(({ scenario, machine }) => `${scenario.injection.name}, ${machine.name}`)],
    [
      ['this gate', ...shown.map(({ answers, gates }) => percent(answers.regressed, gates))],
      ...OTHER_RULES.map(({ name }, index) => [
        name,
        ...shown.map(({ others, gates }) => percent(others[index] ?? 0, gates)),
      ]),
    ],
  );
}

function coverageTable(cells: readonly StudyCell[]): string {
  const known = cells.filter(({ scenario }) => scenario.truth !== undefined);
  const share = ({ covered, cases }: Coverage): string[] => [String(cases), percent(covered, cases)];
  return markdownTable(
    ['injected', 'machine', 'cases', 'at twelve pairs', 'cases', 'at the end of the gate'],
    known.map(({ scenario, machine, coverage }) => [
      scenario.injection.name,
      machine.name,
      ...share(coverage.fixed),
      ...share(coverage.atEnd),
    ]),
  );
}

function variantsTable(cells: readonly StudyCell[]): string {
  const rows = cells.flatMap(({ scenario, machine, gates, answers, meanPairs, detectable, variants }) => {
    const row = (choice: string, counts: typeof answers, pairs: number): string[] => [
      scenario.injection.name,
      machine.name,
      choice,
      percent(counts.regressed, gates),
      percent(counts.unchanged, gates),
      percent(counts.inconclusive, gates),
      pairs.toFixed(1),
    ];
    const strict = {
      ...answers,
      unchanged: detectable,
      inconclusive: answers.inconclusive + answers.unchanged - detectable,
    };
    return [
      row('as it is', answers, meanPairs),
      ...Object.entries(variants).map(([name, counts]) => row(name, counts, counts.meanPairs)),
      row('unchanged only if a slow-down of the margin would have been found', strict, meanPairs),
    ];
  });
  const shown = rows.filter(([name]) => /A\/A|\+5 |margin/.test(name ?? ''));
  return markdownTable(['injected', 'machine', 'choice', 'regressed', 'unchanged', 'inconclusive', 'pairs run'], shown);
}

function percent(count: number, all: number): string {
  return `${((100 * count) / all).toFixed(1)} %`;
}

function interval(count: number, all: number): string {
  const wilson = wilsonInterval(count, all);
  return wilson === undefined ? '' : `${(100 * wilson.low).toFixed(1)} – ${(100 * wilson.high).toFixed(1)} %`;
}
