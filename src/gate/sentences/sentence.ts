/**
 * A threshold as a person says it: `p95 of "Search" < 300 ms during "Incident burst"`. The grammar stands above
 * `parseSentence`.
 */
export interface Sentence {
  /** `gate`: decides the verdict at the end. `stop`: ends the run as soon as its condition is met. */
  readonly action: 'gate' | 'stop';
  readonly quantity: Quantity;
  readonly subject: Subject;
  readonly operator: SentenceOperator;
  readonly limit: Limit;
  /** Only what happened in the phase of this name. */
  readonly during?: string;
  /** Leaves out the first milliseconds: of the phase if one is named, else of the run. A whole number, at least 1. */
  readonly afterMs?: number;
  /** Looks at every window of this length, in milliseconds, a multiple of 1,000. */
  readonly forMs?: number;
}

/** What is computed from the measurements. */
export type Quantity =
  /** A quantile; `percent` between 0 and 100. */
  | { readonly kind: 'quantile'; readonly percent: number }
  /** Over the values of the subject. */
  | { readonly kind: 'mean' | 'min' | 'max' }
  /** Events per second. */
  | { readonly kind: 'rate' }
  /** Share of requests without an answer or with a 5xx answer; of a journey's users that did not finish. */
  | { readonly kind: 'error rate' }
  /** Number of events. */
  | { readonly kind: 'count' };

/** What it is computed of. */
export type Subject =
  /** All requests. */
  | { readonly kind: 'all requests' }
  /** An endpoint or a journey, by the name that the test gives it. */
  | { readonly kind: 'named'; readonly name: string }
  /** A metric by its own name. */
  | { readonly kind: 'metric'; readonly name: string };

export type SentenceOperator = '<' | '<=' | '>' | '>=';

/** What it is compared with; times in milliseconds, shares in per cent. */
export interface Limit {
  readonly value: number;
  readonly unit: 'ms' | '%' | '/s' | '% of planned' | '';
}

/** The sentence in its one canonical form; parsing it again gives the same sentence. */
export function printSentence(sentence: Sentence): string {
  const { action, quantity, subject, operator, limit, during, afterMs, forMs } = sentence;
  const words = [
    ...(action === 'stop' ? ['stop if'] : []),
    printQuantity(quantity),
    ...(subject.kind === 'all requests' ? [] : ['of', subject.kind === 'named' ? quote(subject.name) : subject.name]),
    operator,
    printLimit(limit),
    ...(during === undefined ? [] : ['during', quote(during)]),
    ...(afterMs === undefined ? [] : ['after', printTime(afterMs)]),
    ...(forMs === undefined ? [] : ['for', printTime(forMs)]),
  ];
  return words.join(' ');
}

function printQuantity(quantity: Quantity): string {
  return quantity.kind === 'quantile' ? `p${quantity.percent}` : quantity.kind;
}

function printLimit({ value, unit }: Limit): string {
  if (unit === 'ms') return printTime(value);
  return unit === '' ? printNumber(value) : `${printNumber(value)} ${unit}`;
}

function printTime(ms: number): string {
  return ms >= 1000 && ms % 1000 === 0 ? `${printNumber(ms / 1000)} s` : `${printNumber(ms)} ms`;
}

/** Never in scientific notation, which nobody reads aloud. */
function printNumber(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : text;
}

function quote(name: string): string {
  return `"${name.replace(/["\\]/g, '\\$&')}"`;
}
