import type { Labels } from './reading.ts';

/** What a metric is; `untyped` where nobody says. */
export type FamilyType = 'counter' | 'gauge' | 'histogram' | 'summary' | 'untyped';

/** One line with a number. NaN and ±Infinity are values like others. */
export interface PrometheusSample {
  readonly name: string;
  readonly labels: Labels;
  readonly value: number;
}

/** What an endpoint told. */
export interface PrometheusText {
  /** Name of the family → its type. */
  readonly types: ReadonlyMap<string, FamilyType>;
  /** In the order of the text. */
  readonly samples: readonly PrometheusSample[];
}

const TYPES: ReadonlySet<string> = new Set(['counter', 'gauge', 'histogram', 'summary']);

const NAME = /[a-zA-Z_:][a-zA-Z0-9_:.]*/y;
const LABEL = /\s*([a-zA-Z_][a-zA-Z0-9_.]*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*,?/y;
const VALUE = /\s*([^\s#]+)/y;

/**
 * Reads the text format of Prometheus (version 0.0.4) and OpenMetrics, which differs in lines that are passed over here: `# UNIT`,
 * `# EOF`, exemplars. A line that is neither is left out: one that is broken must not cost the others.
 *
 * Source: https://prometheus.io/docs/instrumenting/exposition_formats/
 *
 * @param wanted whether lines of this name are read; reading the labels of all others would cost most of the time.
 */
export function parsePrometheusText(text: string, wanted: (name: string) => boolean = () => true): PrometheusText {
  const types = new Map<string, FamilyType>();
  const samples: PrometheusSample[] = [];
  let from = 0;
  while (from < text.length) {
    const end = text.indexOf('\n', from);
    const line = text.slice(from, end === -1 ? text.length : end).trim();
    from = end === -1 ? text.length : end + 1;
    if (line.startsWith('#')) readType(line, types);
    else {
      const sample = line === '' ? undefined : readSample(line, wanted);
      if (sample !== undefined) samples.push(sample);
    }
  }
  return { types, samples };
}

function readType(line: string, types: Map<string, FamilyType>): void {
  const [, name, type = ''] = /^#\s*TYPE\s+(\S+)\s+(\S+)/.exec(line) ?? [];
  if (name !== undefined) types.set(name, TYPES.has(type) ? (type as FamilyType) : 'untyped');
}

function readSample(line: string, wanted: (name: string) => boolean): PrometheusSample | undefined {
  NAME.lastIndex = 0;
  const name = NAME.exec(line)?.[0];
  if (name === undefined || !wanted(name)) return undefined;
  const rest = readLabels(line, NAME.lastIndex);
  if (rest === undefined) return undefined;
  VALUE.lastIndex = rest.end;
  const value = parseValue(VALUE.exec(line)?.[1]);
  return value === undefined ? undefined : { name, labels: rest.labels, value };
}

/** @returns undefined for a `{` without its `}`. */
function readLabels(line: string, from: number): { readonly labels: Labels; readonly end: number } | undefined {
  const opening = /\s*\{/y;
  opening.lastIndex = from;
  if (opening.exec(line) === null) return { labels: {}, end: from };
  const labels: Record<string, string> = {};
  LABEL.lastIndex = opening.lastIndex;
  let end = opening.lastIndex;
  for (let found = LABEL.exec(line); found !== null; found = LABEL.exec(line)) {
    const [, label = '', value = ''] = found;
    labels[label] = unescapeLabel(value);
    end = LABEL.lastIndex;
  }
  const closing = /\s*\}/y;
  closing.lastIndex = end;
  return closing.exec(line) === null ? undefined : { labels, end: closing.lastIndex };
}

/** Three characters are escaped in the value of a label; a backslash before anything else stands for itself. */
function unescapeLabel(value: string): string {
  if (!value.includes('\\')) return value;
  return value.replace(/\\([\\"n])/g, (_, character: string) => (character === 'n' ? '\n' : character));
}

function parseValue(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[+-]?inf(?:inity)?$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (/^nan$/i.test(text)) return Number.NaN;
  const value = Number(text);
  return Number.isNaN(value) ? undefined : value;
}
