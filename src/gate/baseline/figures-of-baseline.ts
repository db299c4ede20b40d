import type { Random } from '../../stats/index.ts';
import type { StoredFigure, StoredFigures, StoredTarget } from '../regression/stored-target.ts';
import type { BaselineFigure, BaselineRecord, BaselineTarget } from './baseline-record.ts';

/** How often the scatter within a run is drawn: as often as that of a run whose requests are at hand. */
const RESAMPLES = 1000;

/** The runs of a baseline as far as they are compared. How each scatters within itself is drawn from a normal distribution. */
export function figuresOfBaseline({ runs, targets }: BaselineRecord, random: Random): StoredFigures[] {
  return runs.map(({ name }, run) => ({ name, targets: targets.map((target) => storedTarget(target, run, random)) }));
}

function storedTarget(target: BaselineTarget, run: number, random: Random): StoredTarget {
  const [requests, errors] = [target.requests[run] ?? 0, target.errors[run] ?? 0];
  const known = (metric: StoredFigure): BaselineFigure | undefined => target[metric];
  const figureOfRun = ({ runs, value }: BaselineFigure): number => runs?.[run] ?? value;
  return {
    target: { kind: target.kind, name: target.name },
    requests,
    errors,
    // What had too few values when the baseline was made is not in it.
    values: requests,
    figure: (metric) => {
      const figure = known(metric);
      return figure && figureOfRun(figure);
    },
    draws: (metric) => {
      const figure = known(metric);
      const within = figure?.within;
      if (figure === undefined || within === undefined) return undefined;
      const middle = Math.log(figureOfRun(figure));
      return Float64Array.from({ length: RESAMPLES }, () => middle + within * normal(random));
    },
    flags: [],
  };
}

/** G. E. P. Box and M. E. Muller, Annals of Mathematical Statistics 29, 1958. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
