import { markdownTable } from '../measure/generated-section.ts';
import type { Reported, ShapesKept } from './measure.ts';
import type { Fidelity } from './planned-arrivals.ts';
import type { Compared } from './truth.ts';

/** Truth, what each engine reported, and the error, in Markdown: one table per experiment. */
export function quantileTables(reports: readonly Reported[]): string {
  const groups = Map.groupBy(reports, ({ experiment }) => experiment);
  return [...groups]
    .map(([{ name, arrivalsPerSec, durationSec }, group]) => {
      const title = `**${name}** (${arrivalsPerSec} new users/s for ${durationSec} s)`;
      const titles = ['', 'quantile', 'truth', 'reported', 'error', ''];
      return `${title}\n\n${markdownTable(
        titles,
        group.flatMap((report) => rowsOf(report)),
      )}`;
    })
    .join('\n\n');
}

/** How far single requests are off, in Markdown. */
export function singleErrorTable(reports: readonly Reported[]): string {
  const rows = reports.flatMap(({ experiment, engine, requests, single }) =>
    single === undefined
      ? []
      : [[experiment.name, engine, String(requests), ms(single.medianMs), ms(single.p99Ms), ms(single.planMs)]],
  );
  const titles = [
    '',
    '',
    'requests',
    'half are off by at most',
    '99 % by at most',
    'due times leave the plan by at most',
  ];
  return markdownTable(titles, rows);
}

/** Planned against achieved arrivals, in Markdown. */
export function shapeTable(kept: readonly ShapesKept[]): string {
  const rows = kept.flatMap(({ engine, phases }) => phases.map((fidelity) => shapeRow(engine, fidelity)));
  return markdownTable(['', 'engine', 'planned', 'achieved', 'error', 'most off at any time', 'drift', ''], rows);
}

function rowsOf({ engine, quantiles, isOurs }: Reported): string[][] {
  return quantiles.map((compared) => [
    engine,
    nameOf(compared),
    ...figuresOf(compared),
    isOurs ? verdict(compared.isExact) : '',
  ]);
}

function figuresOf({ truthMs, reportedMs, errorMs, errorRatio }: Compared): string[] {
  return [ms(truthMs), ms(reportedMs), `${signed(errorMs, 3)} ms (${signed(errorRatio * 100, 1)} %)`];
}

function shapeRow(
  engine: string,
  { phase, planned, achieved, errorRatio, mostOff, driftRatio, isExact }: Fidelity,
): string[] {
  return [
    phase.name,
    engine,
    planned.toFixed(planned < 100 ? 1 : 0),
    String(achieved),
    `${signed(errorRatio * 100, 2)} %`,
    mostOff.toFixed(1),
    `${signed(driftRatio * 100, 2)} %`,
    verdict(isExact),
  ];
}

function nameOf({ quantile }: Compared): string {
  return `p${+(quantile * 100).toFixed(1)}`;
}

function verdict(isExact: boolean): string {
  return isExact ? 'exact' : 'off';
}

function ms(value: number): string {
  return `${value.toFixed(3)} ms`;
}

function signed(value: number, digits: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;
}
