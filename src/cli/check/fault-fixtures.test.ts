import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkTestFile, FAULTS } from '../../workload/check/index.ts';
import { fixtureOptions } from './fixture-options.ts';
import { checkRules } from './rule-check.ts';

// Every kind of fault has a folder with a test that has this fault, on the line that says "← here", and no other.

const FOLDER = fileURLToPath(new URL('../../../test/fixtures/faults', import.meta.url));
const MARK = '← here';

test('every fault of the catalogue has a fixture, and every fixture is of a fault', () => {
  expect(readdirSync(FOLDER).toSorted()).toEqual(Object.keys(FAULTS).toSorted());
});

describe.each(Object.entries(FAULTS))('%s', (code, { severity }) => {
  test('is found in its fixture on the marked line, and nothing else is', () => {
    const folder = join(FOLDER, code);
    const { findings } = checkTestFile(join(folder, 'test.yml'), {
      ...fixtureOptions(join(folder, 'test.yml')),
      rules: checkRules,
    });
    const found = findings.map(({ position, ...rest }) => ({
      code: rest.code,
      severity: rest.severity,
      place: placeOf(position),
    }));
    expect(found).toEqual([{ code, severity, place: markedPlace(folder) }]);
  });
});

function markedPlace(folder: string): string {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yml') && statSync(join(folder, name)).isFile());
  const marked = files.flatMap((name) => {
    const lines = readFileSync(join(folder, name), 'utf8').split('\n');
    return lines.flatMap((line, index) => (line.includes(MARK) ? [`${name}:${index + 1}`] : []));
  });
  // A file that cannot be read has no line to mark.
  return marked[0] ?? 'test.yml:1';
}

function placeOf({ file, line }: { readonly file: string; readonly line: number }): string {
  expect(existsSync(file)).toBe(true);
  return `${file.split('/').at(-1)}:${line}`;
}
