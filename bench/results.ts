// The questions that every team asks, answered for the reference platform on this machine: docs/results.md.
//
//   npm run bench:results                     # all of them, an hour and a half, an hour of it the soak; writes into docs/results.md
//   npm run bench:results -- --only normal    # this one, and its section
//   node bench/results.ts --only events       # prints only
//
// Each is a run of its test as anybody makes it, on a platform that is started for it. What the run prints goes to standard error.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readRun } from 'proving-ground/record/index.ts';
import { writeSection } from './measure/generated-section.ts';
import { describeLoad } from './measure/machine.ts';
import { describeRun } from './results/describe-run.ts';
import { QUESTIONS, type TeamQuestion } from './results/questions.ts';

const HERE = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const PAGE = HERE('../docs/results.md');

const { values: options } = parseArgs({
  options: { write: { type: 'boolean', default: false }, only: { type: 'string' } },
});

async function answer({ test, environment, hasEndpoints }: TeamQuestion): Promise<string> {
  const load = await describeLoad();
  const reports = mkdtempSync(join(tmpdir(), 'bench-results-'));
  try {
    const flags = environment === undefined ? [] : ['--environment', environment];
    const overrides = JSON.stringify({ config: { plugins: { verdict: { reports } } } });
    const { status } = spawnSync(
      HERE('../node_modules/.bin/artillery'),
      ['run', ...flags, '--overrides', overrides, test],
      { cwd: HERE('..'), stdio: ['ignore', process.stderr, process.stderr] },
    );
    console.error(`${test}: exit code ${status}`);
    const command = ['npx artillery run', ...flags, test].join(' ');
    return `${describeRun(readRun(join(reports, 'latest')), hasEndpoints)}\n\n\`${command}\`. ${load}`;
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}

const wanted = QUESTIONS.filter(({ id }) => options.only === undefined || id === options.only);
if (wanted.length === 0) {
  console.error(`error: there is no ${options.only}; allowed are ${QUESTIONS.map(({ id }) => id).join(', ')}`);
  process.exitCode = 2;
}
for (const question of wanted) {
  const section = await answer(question);
  console.log(`## ${question.id}\n\n${section}\n`);
  if (options.write) writeSection(PAGE, question.id, section);
}
