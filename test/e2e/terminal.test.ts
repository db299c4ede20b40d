import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Screen } from '../../plugins/artillery-plugin-verdict/live/testing/screen.ts';
import { type CountingTarget, startCountingTarget } from './counting-target.ts';
import { runArtillery } from './run-artillery.ts';

const BIN = fileURLToPath(new URL('../../node_modules/.bin', import.meta.url));

let folder: string;
let target: CountingTarget;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'terminal-'));
  target = await startCountingTarget(() => ({ delayMs: 5 }));
});
afterEach(async () => {
  await target.close();
  rmSync(folder, { recursive: true });
});

/** Ten users a second, each of whom makes the processor print a line; names hold an escape sequence. */
function writeTest({ seconds = 4, output = '' } = {}): string {
  const processor = `let n = 0;
module.exports = { say: async () => console.log('processor of worker ' + process.env.LOCAL_WORKER_ID + ' says ' + ++n + '.') };`;
  const test = `config:
  target: ${target.url}
  engine: undici
  engines: { undici: {} }
  processor: say.cjs
  phases:
    - name: "Steady\\e[2J load"
      duration: ${seconds}
      arrivalRate: 10
  plugins:
    verdict:
      validity: { enforce: false } # the machine may have other work to do
      thresholds: ['error rate < 1 %']
${output === '' ? '' : `      output: ${output}`}
scenarios:
  - name: Search
    flow:
      - function: say
      - get: { url: /, name: "Se\\e[31march" }
`;
  writeFileSync(join(folder, 'say.cjs'), processor);
  writeFileSync(join(folder, 'test.yml'), test);
  return 'test.yml';
}

/** Every line that the processor printed is there once, and whole. */
function processorLines(text: string): number {
  const whole = text.split(/\r?\n/).filter((line) => /^processor of worker \w+ says \d+\.$/.test(line));
  expect(new Set(whole).size).toBe(whole.length);
  return whole.length;
}

describe('in a pipe', () => {
  test('there are plain lines, no escape sequence, and nothing of what Artillery prints', async () => {
    const { stdout, exitCode } = await runArtillery([writeTest({ seconds: 12 })], { cwd: folder });
    expect(exitCode).toBe(0);
    expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(stdout).toMatch(/^Phase started: Steady load \(12 s, phase 1 of 1\)$/m);
    expect(stdout).toMatch(/^ {2}0:\d\d {2}Steady load \d+ of 12 s, .* users, .* requests$/m);
    expect(stdout).toMatch(/^ {8}p50 .* ms, p95 .* ms, p99 .* ms, none failed of \d+$/m);
    expect(stdout).not.toMatch(/Metrics for period|Summary report|http\.response_time/);
    expect(processorLines(stdout)).toBe(120);
    expect(stdout.indexOf('Verdict: PASSED')).toBeGreaterThan(stdout.lastIndexOf('processor of worker'));
  });

  // That the shell can ask for it as well is seen where it asks for what does not exist.
  test('Artillery prints what it always prints when the test asks for it', async () => {
    const { stdout } = await runArtillery([writeTest({ seconds: 1, output: 'artillery' })], { cwd: folder });
    expect(stdout).toMatch(/^Summary report @/m);
    expect(stdout).not.toMatch(/^Phase started: .*phase 1 of 1/m);
    expect(stdout).toMatch(/^Verdict: PASSED/m);
  });

  test('--quiet leaves the verdict', async () => {
    const { stdout } = await runArtillery([writeTest({ seconds: 1 }), '--quiet'], { cwd: folder });
    expect(stdout).not.toMatch(/Phase started|Summary report/);
    expect(stdout).toMatch(/^Verdict: PASSED/m);
  });

  test('an output that does not exist is refused before any load', async () => {
    const env = { PROVING_GROUND_OUTPUT: 'loud' };
    const { stderr, exitCode } = await runArtillery([writeTest()], { cwd: folder, env });
    expect(stderr).toMatch(/PROVING_GROUND_OUTPUT is "loud"\n {2}Allowed are live, plain, artillery/);
    expect(exitCode).toBe(2);
    expect(target.total()).toBe(0);
  });
});

describe('on a terminal', () => {
  test('a block shows how the run goes, prints appear above it whole, and the verdict takes its place', async () => {
    const { frames, screen, exitCode } = await onTerminal(writeTest());
    expect(exitCode).toBe(0);
    const during = frames.filter((frame) => frame.includes('phase 1 of 1'));
    expect(during.length).toBeGreaterThan(4);
    const late = during.at(-1) ?? '';
    for (const line of [
      /^Steady load {2}[█░]{20} {2}0:0\d left {2}phase 1 of 1$/m,
      /^ {2}Users +\d+ of \d+ planned {3}/m,
      /^ {2}Requests +[\d.]+\/s {3}none failed/m,
      /^ {2}Times +p50 .* ms {3}p95 .* ms {3}p99 .* ms/m,
      /^ {2}Generator +(?:keeps up|TOO LATE) {3}event loop \d+ %/m,
      /^ {4}ok +error rate +0 % +< 1 %$/m,
    ]) {
      expect(late).toMatch(line);
    }
    const end = screen.lines.join('\n');
    expect(processorLines(end)).toBe(40);
    expect(end).toMatch(/\nVerdict: PASSED \(/);
    expect(end).not.toMatch(/phase 1 of 1|░|Metrics for period|Summary report/);
    expect(screen.isCursorShown).toBe(true);
  });

  test('Ctrl-C leaves a clean terminal, the verdict and the exit code of the shell', async () => {
    const { screen, exitCode } = await onTerminal(writeTest({ seconds: 60 }), { interruptAt: /Times +p50/ });
    expect(exitCode).toBe(130);
    const end = screen.lines.join('\n');
    expect(end).toMatch(/\nVerdict: INCONCLUSIVE \(the run was interrupted before its end\)/);
    expect(end).not.toMatch(/phase 1 of 1|░/);
    expect(screen.isCursorShown).toBe(true);
  });

  test('a dumb one gets plain lines', async () => {
    const { frames, screen } = await onTerminal(writeTest({ seconds: 1 }), { env: { TERM: 'dumb' } });
    expect(frames.length).toBe(1);
    expect(screen.lines.join('\n')).toMatch(/Phase started: Steady load/);
  });
});

/** What the terminal is told when the block is whole. */
const END_FRAME = '\u001b[?2026l';

interface TerminalOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Ctrl-C is pressed as soon as this is seen. */
  readonly interruptAt?: RegExp;
}

interface TerminalRun {
  /** What was seen after each time the block was drawn. */
  readonly frames: readonly string[];
  readonly screen: Screen;
  readonly exitCode: number | null;
}

/** Runs a test on a terminal of 80 columns. */
async function onTerminal(file: string, { env = {}, interruptAt }: TerminalOptions = {}): Promise<TerminalRun> {
  const child = spawn('script', ['-qefc', `stty cols 80 rows 40; exec artillery run ${file}`, '/dev/null'], {
    cwd: folder,
    env: {
      PATH: `${BIN}${delimiter}${process.env.PATH}`,
      HOME: folder,
      TERM: 'xterm',
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      TZ: 'UTC',
      LC_ALL: 'C.UTF-8',
      ...env,
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const screen = new Screen(80);
  const frames: string[] = [];
  let isInterrupted = false;
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = `${rest}${text}`.split(END_FRAME);
    rest = parts.pop() ?? '';
    for (const part of parts) {
      screen.write(part);
      frames.push(screen.lines.join('\n'));
    }
    if (isInterrupted || interruptAt === undefined || !interruptAt.test(frames.at(-1) ?? '')) return;
    isInterrupted = true;
    child.stdin.write('\u0003');
  });
  const exitCode = await endOf(child);
  screen.write(rest);
  frames.push(screen.lines.join('\n'));
  return { frames, screen, exitCode };
}

async function endOf(child: ChildProcess): Promise<number | null> {
  const timer = setTimeout(() => child.kill('SIGKILL'), 60_000);
  const [exitCode] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  return exitCode;
}
