import { type MarginRule, METRIC_NAMES, type MetricName } from './policy.ts';

/** How much worse is too much, in a sentence; the grammar that docs/gate.md explains. */
const SENTENCE =
  /^(?<metric>.+?)(?: of (?:(?<kind>journey|metric) )?"(?<name>[^"]+)")? at most (?<number>\d+(?:\.\d+)?) (?<unit>%|points?)(?: (?<worse>slower|more|higher|less|lower|fewer))?$/i;

/** A known metric of a name in no quotes, or in some others. */
const UNQUOTED = new RegExp(
  `^(?<known>${METRIC_NAMES.join('|')}) of (?<kind>(?:journey|metric) )?['‘“„]?(?<bare>[^'"‘’“”„]+)['’”“]?$`,
  'i',
);

const EXAMPLE = 'p95 of "Search" at most 10 % slower';

/** What a margin says, or what is wrong with it. */
export type ReadMargin =
  | { readonly kind: 'margin'; readonly rule: MarginRule }
  | { readonly kind: 'fault'; readonly message: string; readonly hint: string };

/**
 * Reads a margin: a metric, of what (an endpoint; `journey "…"`, `metric "…"` for a custom one; nothing for all of them), and how much
 * worse it may get. An error rate gets worse by points: `error rate at most 0.5 points more`.
 *
 * @example readMargin('p95 of "Search" at most 10 % slower')
 */
export function readMargin(text: string): ReadMargin {
  const found = SENTENCE.exec(text.trim().replace(/\s+/g, ' '))?.groups;
  if (found === undefined) {
    return fault(`${JSON.stringify(text)} is not a margin`, `Write for example: ${EXAMPLE}`);
  }
  const { metric: word = '', kind, name, number = '', unit = '', worse } = found;
  const metric = METRIC_NAMES.find((each) => each === word.toLowerCase());
  if (metric === undefined) return notAMetric(word);
  const margin = Number(number) / 100;
  const problem = problemOf(metric, margin, unit, name !== undefined && kind?.toLowerCase() === 'metric');
  if (problem !== undefined) return problem;
  const direction = directionOf(worse);
  return {
    kind: 'margin',
    rule: {
      metric,
      margin,
      ...(name === undefined ? {} : { target: { kind: kindOf(kind), name } }),
      ...(direction === undefined ? {} : { worse: direction }),
    },
  };
}

/** Whoever forgets the quotes of a name has it taken for a part of the metric. */
function notAMetric(word: string): ReadMargin {
  const { known, kind = '', bare } = UNQUOTED.exec(word)?.groups ?? {};
  return bare === undefined
    ? fault(`${word} is not a metric`, `Metrics are ${METRIC_NAMES.join(', ')}.`)
    : fault(`a name stands in double quotes, and ${bare} does not`, `Write: ${known} of ${kind}"${bare}" at most …`);
}

function problemOf(metric: MetricName, margin: number, unit: string, isCustom: boolean): ReadMargin | undefined {
  if (!(margin > 0)) return fault('a margin must be above 0', 'With 0, chance alone would decide. 5 % is usual.');
  const isRate = metric === 'error rate';
  if (isRate && isCustom) return fault('a custom metric has no error rate', `Write for example: ${EXAMPLE}`);
  if (isRate === unit.startsWith('point')) return undefined;
  return isRate
    ? fault('an error rate gets worse by points, not by %', 'Write for example: error rate at most 0.5 points more')
    : fault(`${metric} gets worse by %, not by points`, `Write for example: ${metric} at most 10 % slower`);
}

function directionOf(word: string | undefined): MarginRule['worse'] {
  if (word === undefined) return undefined;
  return /^(?:less|lower|fewer)$/i.test(word) ? 'less' : 'more';
}

function kindOf(word: string | undefined): 'endpoint' | 'journey' | 'custom metric' {
  if (word === undefined) return 'endpoint';
  return word.toLowerCase() === 'journey' ? 'journey' : 'custom metric';
}

function fault(message: string, hint: string): ReadMargin {
  return { kind: 'fault', message, hint };
}
