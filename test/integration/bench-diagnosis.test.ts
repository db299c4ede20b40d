import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { FAULTS, plannedCases, type StudyCase, type Truth } from '../../bench/diagnosis/cases.ts';
import type { JudgedRun } from '../../bench/diagnosis/judge-run.ts';
import { scoreOf, studyTables } from '../../bench/diagnosis/tables.ts';
import { FAULT_NAMES } from '../../fixtures/platform/src/faults/fault-names.ts';
import { syntheticEvidence } from '../../src/diagnose/testing/synthetic-evidence.ts';

const BENCH = fileURLToPath(new URL('../../bench/diagnosis.ts', import.meta.url));
const CASES = fileURLToPath(new URL('../../bench/diagnosis/cases.json', import.meta.url));

test('the cases that were written down are those that are drawn: ten of each fault and forty healthy ones to report on', () => {
  const cases = JSON.parse(readFileSync(CASES, 'utf8')) as StudyCase[];
  expect(cases).toEqual(plannedCases());
  expect(Object.keys(FAULTS)).toEqual([...FAULT_NAMES]);
  const reporting = cases.filter(({ set }) => set === 'reporting');
  for (const truth of Object.values(FAULTS)) expect(reporting.filter((each) => each.truth === truth)).toHaveLength(10);
  expect(reporting.filter(({ truth }) => truth === 'healthy')).toHaveLength(40);
  const ofBoth = cases.map(({ seed }) => seed);
  expect(new Set(ofBoth).size).toBe(ofBoth.length);
});

test('what was said is counted: right at first, among three, and silent where nothing is wrong', () => {
  const runs = [
    judged('missing index', ['missing index']),
    judged('missing index', ['at capacity', 'missing index']),
    judged('rate limit', []),
    judged('healthy', []),
    judged('healthy', ['at capacity']),
  ];
  expect(scoreOf(runs)).toEqual({ broken: 3, first: 1, firstThree: 2, healthy: 2, silent: 1 });
  const tables = studyTables(runs, []);
  expect(tables).toContain('| right cause first | 1 of 3 | 33.3 % |');
  expect(tables).toContain('| healthy | 2 | 1 | 9.5 – 90.5 % |  | at capacity (1) |');
});

test('a study without runs says so', () => {
  const cache = mkdtempSync(join(tmpdir(), 'bench-diagnosis-'));
  try {
    const { status, stdout } = spawnSync(process.execPath, [BENCH, '--rejudge', '--cache', cache], {
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([0, 'Nothing measured yet.\n']);
  } finally {
    rmSync(cache, { recursive: true });
  }
});

function judged(truth: Truth, causes: readonly string[]): JudgedRun {
  return {
    about: {
      id: 'x',
      set: 'reporting',
      truth,
      fault: '',
      seed: 's',
      usersPerSec: 2,
      measuredAt: '2026-01-01T00:00:00Z',
      machine: 'a machine',
    },
    answer: causes.length === 0 ? 'no bottleneck' : 'bottleneck',
    causes: causes.map((cause) => ({ cause, share: 0.5, title: cause })),
    evidence: syntheticEvidence({ seconds: 20 }),
  };
}
