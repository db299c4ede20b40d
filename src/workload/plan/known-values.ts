import { type Entry, isEntry } from './entry.ts';
import type { PayloadTable } from './payload.ts';
import { callIn, valueAt, variablesIn } from './template.ts';

/** Above this many possible values, a range is represented by as many evenly spaced ones. */
const MOST_VALUES = 1_000;

/** What can be said before a run about the variables of a user. */
export interface KnownValues {
  /**
   * The values that a text with templates can take, each equally likely; a text without templates is its only value.
   * undefined: it holds a variable that is set while the test runs (a capture, a function).
   */
  valuesOf(text: unknown): readonly unknown[] | undefined;
  /**
   * How many items the list in a variable can have, each length equally likely; 0 stands for a variable that is no list.
   * undefined: the variable is set while the test runs.
   */
  lengthsOf(variable: string): readonly number[] | undefined;
}

/**
 * The variables of a test: `config.variables` (of a list, each user gets one item), CSV columns (one row per user) and whole
 * CSV files (`loadAll`), of which each worker holds its share.
 *
 * @param workers how many workers the rows are dealt out to, 1 or more.
 */
export function createKnownValues(config: Entry, tables: readonly PayloadTable[], workers: number): KnownValues {
  const inline = isEntry(config.variables) ? config.variables : {};

  function possibleValues(path: string): readonly unknown[] | undefined {
    const [name = ''] = path.split(/[.[]/);
    if (name in inline) return alternatives(inline[name]).map((value) => valueAt({ [name]: value }, path));
    for (const table of tables.toReversed()) {
      const column = table.fields.indexOf(name);
      if (table.wholeAs === undefined && column >= 0) return table.rows.map((row) => row[column]);
    }
    return undefined;
  }

  return {
    valuesOf: (text) => (typeof text === 'string' ? valuesOfText(text, possibleValues) : [text]),
    lengthsOf: (variable) => {
      const values = possibleValues(variable);
      if (values !== undefined) return values.map((value) => (Array.isArray(value) ? value.length : 0));
      const table = tables.find(({ wholeAs }) => wholeAs === variable);
      return table === undefined ? undefined : [Math.max(Math.min(1, table.rows.length), table.rows.length / workers)];
    },
  };
}

function alternatives(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function valuesOfText(
  text: string,
  possible: (path: string) => readonly unknown[] | undefined,
): readonly unknown[] | undefined {
  const call = callIn(text);
  if (call !== undefined) {
    return call.name === '$randomNumber'
      ? randomNumbers(call.args)?.map((n) => text.replace(call.text, `${n}`))
      : undefined;
  }
  const [variable, ...others] = variablesIn(text);
  if (variable === undefined) return [text];
  const values = possible(variable.name);
  if (values === undefined || values.length === 0) return undefined;
  if (variable.text === text) return values;
  const texts = values.map((value) => text.replace(variable.text, () => String(value)));
  if (others.length === 0) return texts;
  // Several variables: with more than one value each, their combinations would have to be weighed.
  return texts.length === 1 ? valuesOfText(String(texts[0]), possible) : undefined;
}

function randomNumbers(args: readonly string[]): readonly number[] | undefined {
  const [from = Number.NaN, to = Number.NaN] = args.map(Number);
  if (!(to >= from)) return undefined;
  const count = Math.min(MOST_VALUES, to - from + 1);
  return Array.from({ length: count }, (_, index) =>
    count === 1 ? from : Math.round(from + ((to - from) * index) / (count - 1)),
  );
}
