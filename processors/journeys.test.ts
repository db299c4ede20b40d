import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { expandIncludes, readTestFile } from '../src/workload/index.ts';
import * as processors from './index.ts';

// Artillery goes on without a word when the YAML names a function that is not there, and waits forever for one that is
// neither async nor ends with its callback.

const FOLDER = fileURLToPath(new URL('../artillery/', import.meta.url));
const HOOK_KEYS = ['beforeScenario', 'beforeRequest', 'afterResponse', 'function', 'ifTrue', 'whileTrue'];
const CALLED_AT_ONCE = ['ifTrue', 'whileTrue'];

interface Use {
  readonly key: string;
  readonly name: string;
}

function usesIn(value: unknown): Use[] {
  if (Array.isArray(value)) return value.flatMap(usesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, content]) => {
    if (!HOOK_KEYS.includes(key)) return usesIn(content);
    return [content].flat().map((name) => ({ key, name: String(name) }));
  });
}

function scenariosOf(file: string): unknown[] {
  const { scenarios } = readTestFile(file).content as { scenarios: unknown[] };
  return expandIncludes(scenarios, file);
}

const TESTS = readdirSync(FOLDER).filter((name) => name.endsWith('.yml') && name !== 'targets.yml');
const exported = new Map<string, (...args: never[]) => unknown>(Object.entries(processors));
const uses = TESTS.flatMap((file) => usesIn(scenariosOf(FOLDER + file)));

describe('the journeys', () => {
  test('are there, in a test for a pull request and one for a peak', () => {
    expect(TESTS).toEqual(expect.arrayContaining(['peak.yml', 'smoke.yml']));
    expect(uses.length).toBeGreaterThan(50);
  });

  test('name only functions that the processors export', () => {
    expect(uses.map(({ name }) => name).filter((name) => !exported.has(name))).toEqual([]);
  });

  test('wait only for functions that are async', () => {
    const waitedFor = uses.filter(({ key }) => !CALLED_AT_ONCE.includes(key)).map(({ name }) => name);
    expect(waitedFor.filter((name) => exported.get(name)?.constructor.name !== 'AsyncFunction')).toEqual([]);
  });

  test('ask only functions that answer at once', () => {
    const asked = uses.filter(({ key }) => CALLED_AT_ONCE.includes(key));
    expect(asked.filter(({ name }) => exported.get(name)?.constructor.name !== 'Function')).toEqual([]);
    expect(asked.filter(({ key, name }) => exported.get(name)?.length !== (key === 'ifTrue' ? 1 : 2))).toEqual([]);
  });

  test('use every function that the processors export', () => {
    const used = new Set(uses.map(({ name }) => name));
    expect([...exported.keys()].filter((name) => !used.has(name))).toEqual([]);
  });
});
