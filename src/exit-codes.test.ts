import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { EXIT_CODES } from './exit-codes.ts';

test('the README has every exit code in its table, and no other', () => {
  const readme = readFileSync(fileURLToPath(new URL('../README.md', import.meta.url)), 'utf8');
  const table = /\| exit code \|[\s\S]*?\n\n/.exec(readme)?.[0] ?? '';
  const codes = [...table.matchAll(/^\| (\d+(?:, \d+)*) \|/gm)].flatMap(([, cell = '']) =>
    cell.split(', ').map(Number),
  );
  expect(codes).toEqual(Object.values(EXIT_CODES));
});
