import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRunFolder, writeRun } from '../../src/record/index.ts';
import { COLUMN_NAMES, createColumns } from '../../src/record/samples/sample-columns.ts';
import { createSampleFile } from '../../src/record/samples/sample-file.ts';
import { passedRun, workingDay } from '../../src/report/html/testing/example-runs.ts';
import type { SyntheticRun } from '../../src/report/html/testing/synthetic-run.ts';
import { type CommandResult, runCommand } from './run-command.ts';

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'diagnose-command-'));
});
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

function recorded({ record, samples }: SyntheticRun, statusOf: (row: number) => number = () => 200): string {
  const folder = createRunFolder(scratch, new Date(record.startedAt), record.test.file);
  writeRun(folder, record, '');
  const file = createSampleFile(join(folder, 'samples.arrow'));
  const status = Uint16Array.from(samples.status, (code, row) => (code === 200 ? statusOf(row) : code));
  file.append({ ...createColumns(COLUMN_NAMES, samples.count), ...samples, status });
  file.end();
  return folder;
}

function command(...words: string[]): Promise<CommandResult> {
  return runCommand(scratch, ['diagnose', ...words]);
}

describe('proving-ground diagnose', () => {
  test('names a rate limit from the samples of a run, and ends with 0', async () => {
    const folder = recorded(passedRun({ phases: workingDay(2, 40), seed: 'limited' }), (row) =>
      row % 5 === 0 ? 429 : 200,
    );
    const { status, stdout, stderr } = await command(folder);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^Bottleneck: rate limit\. A rate limit turns requests away/);
    expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
  });

  test('prints the same as JSON', async () => {
    const folder = recorded(passedRun({ phases: workingDay(2, 40), seed: 'json' }), (row) =>
      row % 5 === 0 ? 429 : 200,
    );
    const { status, stdout } = await command(folder, '--format', 'json');
    expect(status).toBe(0);
    const answer = JSON.parse(stdout) as { findings: { cause: string; share: { low: number; value: number } }[] };
    expect(answer).toMatchObject({ schema: 'proving-ground/diagnosis', version: 1, answer: 'bottleneck' });
    expect(answer.findings[0]?.cause).toBe('rate limit');
    expect(answer.findings[0]?.share.low).toBeGreaterThan(0.1);
  });

  test('names what was seen of the system, and refuses a file that it cannot read', async () => {
    const run = passedRun({ phases: workingDay(2, 40), seed: 'watched' });
    const folder = recorded(run);
    const waits = { system: 'PostgreSQL', kind: 'postgres', metric: 'postgres.waits', figure: 'value', unit: '' };
    const seen = {
      ...{ schema: 'proving-ground/system', version: 1, stepSeconds: 1, texts: {}, sources: [] },
      startedAt: run.record.phases[0]?.startedAt,
      series: [
        { ...waits, labels: { type: 'Lock' }, values: Array.from({ length: 600 }, () => 40) },
        { ...waits, labels: { type: 'CPU' }, values: Array.from({ length: 600 }, () => 1) },
      ],
    };
    writeFileSync(join(folder, 'system.json'), JSON.stringify(seen));
    expect((await command(folder)).stdout).toMatch(/^Bottleneck: lock contention\./);
    writeFileSync(join(folder, 'system.json'), JSON.stringify({ ...seen, version: 99 }));
    const { status, stderr } = await command(folder);
    expect(status).toBe(2);
    expect(stderr).toContain('system.json is not what a run of this version saw of the system');
  });

  test('ends with 2 where there is nothing to look at, and says what to do', async () => {
    const { record } = passedRun({ phases: workingDay(2, 40), seed: 'no samples' });
    const folder = createRunFolder(scratch, new Date(record.startedAt), record.test.file);
    writeRun(folder, record, '');
    const { status, stderr } = await command(folder);
    expect(status).toBe(2);
    expect(stderr).toContain("has no samples: Artillery's own engine writes none");
    expect(stderr).toContain('engine: undici');
    expect((await command(join(scratch, 'nowhere'))).status).toBe(2);
  });

  test('shows an example in its help', async () => {
    const { status, stdout } = await command('--help');
    expect(status).toBe(0);
    expect(stdout).toContain('npx proving-ground diagnose reports/latest');
  });
});

describe('proving-ground advise', () => {
  function advise(...words: string[]): Promise<CommandResult> {
    return runCommand(scratch, ['advise', ...words]);
  }

  test('writes SQL for what was read from one end to the other, and a comment where nothing can be written down', async () => {
    const run = passedRun({ phases: workingDay(2, 40), seed: 'advised' });
    const folder = recorded(run);
    expect((await advise(folder)).stdout).toMatch(/^-- No change to advise: /);
    const one = { system: 'PostgreSQL', kind: 'postgres', figure: 'rate', unit: '1/s' };
    const steady = (value: number): number[] => Array.from({ length: 600 }, () => value);
    const seen = {
      ...{ schema: 'proving-ground/system', version: 1, stepSeconds: 1, sources: [] },
      startedAt: run.record.phases[0]?.startedAt,
      texts: { s1: 'SELECT title FROM documents WHERE id = $1' },
      series: [
        { ...one, metric: 'postgres.table_reads', labels: { table: 'documents', by: 'scan' }, values: steady(20) },
        {
          ...one,
          metric: 'postgres.table_rows',
          labels: { table: 'documents', by: 'scan' },
          values: steady(2_000_000),
        },
        { ...one, metric: 'postgres.statement_calls', labels: { statement: 's1' }, values: steady(20) },
        { ...one, metric: 'postgres.statement_time', unit: 's/s', labels: { statement: 's1' }, values: steady(9) },
        {
          ...one,
          metric: 'postgres.statement_rows',
          figure: 'mean',
          unit: '',
          labels: { statement: 's1' },
          values: steady(1),
        },
      ],
    };
    writeFileSync(join(folder, 'system.json'), JSON.stringify(seen));
    const { status, stdout } = await advise(folder);
    expect(status).toBe(0);
    expect(stdout).toContain('\nCREATE INDEX CONCURRENTLY ON documents (id);\n');
    expect(JSON.parse((await advise(folder, '--format', 'json')).stdout)).toMatchObject({
      ...{ schema: 'proving-ground/advice', answer: 'bottleneck' },
      changes: [{ cause: 'missing index', kind: 'sql' }],
    });
  });
});
