import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runArtillery } from '../e2e/run-artillery.ts';

test("a run by its launcher loads no cloud's client and no other command", async () => {
  const folder = mkdtempSync(join(tmpdir(), 'run-alone-'));
  try {
    const config = { target: 'http://127.0.0.1:1', phases: [{ duration: 1, arrivalCount: 1 }] };
    writeFileSync(join(folder, 'test.json'), JSON.stringify({ config, scenarios: [{ flow: [{ log: 'here' }] }] }));
    const coverage = join(folder, 'coverage');
    const { exitCode, stdout } = await runArtillery(['test.json'], {
      cwd: folder,
      env: { NODE_V8_COVERAGE: coverage },
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining('vusers.completed') });
    const loaded = readdirSync(coverage).flatMap((file) => {
      const { result } = JSON.parse(readFileSync(join(coverage, file), 'utf8')) as { result: { url: string }[] };
      return result.map(({ url }) => url);
    });
    expect(loaded.some((url) => url.endsWith('/cmds/run.js'))).toBe(true);
    expect(loaded.filter((url) => /@azure|aws-lambda|cmds\/(?!run\.js)/.test(url))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
