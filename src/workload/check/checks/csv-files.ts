import { dirname, resolve } from 'node:path';
import { configText } from '../config-text.ts';
import { readCsvStart } from '../csv-start.ts';
import { type Cursor, isPresent, oneOrMoreAt, textAt } from '../cursor.ts';
import { atKey, atValue, type Finding } from '../finding.ts';
import { similarFile } from '../similar-file.ts';
import type { ConfigView, TestModel } from '../test-model.ts';

/** Whether the CSV files are there, and their columns are where the test says. */
export function checkCsvFiles(test: TestModel): Finding[] {
  if (test.options.isOverridden === true) return [];
  return test.views.flatMap((view) =>
    oneOrMoreAt(view.config.at('payload')).flatMap((file) =>
      file.keys().length === 0 ? [] : checkFile(file, view, test),
    ),
  );
}

function checkFile(file: Cursor, view: ConfigView, test: TestModel): Finding[] {
  const form = formFaults(file);
  const written = textAt(file.at('path'));
  if (written === undefined) return form;
  const path = configText(written, {
    scenarioFile: test.source.absolutePath,
    environment: view.environment,
    env: test.options.env ?? {},
  });
  if (path === undefined) return form;
  const absolute = resolve(dirname(test.source.absolutePath), path);
  const delimiter = textAt(file.at('delimiter')) ?? ',';
  const start = readCsvStart(absolute, delimiter);
  if (start === undefined) return [...form, missingFile(file.at('path'), written, absolute)];
  // Other options of the reader (comments, columns, quotes) may change what a row is.
  return isPresent(file.at('options')) ? form : [...form, ...contentFaults(file, start)];
}

function formFaults(file: Cursor): Finding[] {
  const isWhole = file.at('loadAll').value === true;
  const missing = isWhole ? ['path', 'name'] : ['path', 'fields'];
  const faults = missing
    .filter((key) => !isPresent(file.at(key)))
    .map((key) =>
      atValue('missing-key', file, { message: `a CSV file${isWhole ? ' with loadAll' : ''} needs ${key}` }),
    );
  const order = file.at('order');
  if (!isWhole || !isPresent(order)) return faults;
  const message = 'order and loadAll exclude each other: with both, the variable would hold a single row';
  return [...faults, atKey('impossible-value', order, { message })];
}

function missingFile(cursor: Cursor, written: string, absolute: string): Finding {
  const suggestion = similarFile(absolute, written);
  const hint = 'The path is relative to the test file.';
  return atValue('csv-missing', cursor, {
    message: `${written} does not exist`,
    hint,
    ...(suggestion && { suggestion }),
  });
}

function contentFaults(file: Cursor, rows: readonly (readonly string[])[]): Finding[] {
  const [first] = rows;
  const path = textAt(file.at('path')) ?? '';
  const hasHeader = file.at('skipHeader').value === true;
  if (first === undefined || (hasHeader && rows.length < 2)) {
    return [atValue('csv-empty', file.at('path'), { message: `${path} has no rows` })];
  }
  const fields = file.at('fields').items();
  const names = fields.map(({ value }) => wordOf(value));
  const header = first.map(wordOf);
  if (!hasHeader && names.length > 0 && names.every((name, index) => name === header[index])) {
    const message = `the first row of ${path} holds the names of the columns, and skipHeader is not true`;
    return [atKey('csv-header-as-data', file.at('path'), { message })];
  }
  return fields.flatMap((field, index) => columnFault(field, index, first, hasHeader ? header : [], path));
}

function columnFault(
  field: Cursor,
  index: number,
  first: readonly string[],
  header: readonly string[],
  path: string,
): Finding[] {
  const name = String(field.value);
  if (index >= first.length) {
    const message = `${name} would be column ${index + 1} of ${path}, which has ${first.length}`;
    return [atValue('csv-column', field, { message, found: name, ...(header.length > 0 && { allowed: [...first] }) })];
  }
  const actual = header.indexOf(wordOf(name));
  if (actual < 0 || actual === index || header[index] === wordOf(name)) return [];
  const message = `${name} is column ${actual + 1} of ${path}, but field ${index + 1} of the list`;
  return [atValue('csv-column', field, { message, found: name, hint: `The columns are ${first.join(', ')}.` })];
}

function wordOf(value: unknown): string {
  return String(value).trim().toLowerCase();
}
