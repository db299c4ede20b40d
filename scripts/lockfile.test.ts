import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LOCKFILE, portableLockfile } from './lockfile.ts';

test('the lockfile names no registry, and no Node that keeps an optional package away: otherwise, node scripts/lockfile.ts', () => {
  const text = readFileSync(LOCKFILE, 'utf8');
  expect(text === portableLockfile(text)).toBe(true);
});

test('only what keeps packages away is taken out of a lockfile', () => {
  const engines = { node: '>=22.12.0' };
  const packages = {
    'node_modules/needed': { version: '1.0.0', resolved: 'https://registry.test/needed.tgz', engines },
    'node_modules/native': { version: '1.0.0', optional: true, os: ['linux'], engines },
    'node_modules/ours': { resolved: 'src', link: true },
  };
  expect(JSON.parse(portableLockfile(JSON.stringify({ lockfileVersion: 3, packages })))).toEqual({
    lockfileVersion: 3,
    packages: {
      'node_modules/needed': { version: '1.0.0', engines },
      'node_modules/native': { version: '1.0.0', optional: true, os: ['linux'] },
      'node_modules/ours': { resolved: 'src', link: true },
    },
  });
});
