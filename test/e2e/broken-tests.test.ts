import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CountingTarget, startCountingTarget } from './counting-target.ts';
import { runArtillery } from './run-artillery.ts';

// Each of these ends with exit code 0 and a friendly summary in Artillery 2.0.34. None of them may here, and those that can
// be seen beforehand send no load at all.

let folder: string;
let target: CountingTarget;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'broken-'));
  target = await startCountingTarget();
});
afterEach(async () => {
  await target.close();
  rmSync(folder, { recursive: true });
});

interface Broken {
  readonly name: string;
  /** Text of the healthy test → what stands there instead. */
  readonly change: readonly [string, string];
  readonly files?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly exitCode: number;
  /** All of them are printed. */
  readonly says: readonly RegExp[];
}

/** Whether this machine keeps up is not what these tests ask. */
const VERDICT = 'verdict: { validity: { enforce: false } }';

const HEALTHY = `config:
  target: TARGET
  phases:
    - name: Steady
      duration: 2
      arrivalRate: 5
  processor: processor.js
  http:
    timeout: 5
  plugins:
    ${VERDICT}
  variables:
    term: phishing
scenarios:
  - name: Search
    flow:
      - get:
          url: "/search?q={{ term }}"
          headers:
            accept: application/json
      - function: think
`;

const PROCESSOR = 'module.exports = { think: async () => {}, broken: async () => { throw new Error("boom"); } };';

/** Run before everything else in a process: Node says that it is an older one. */
const OLD_NODE = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } });";

const BROKEN: readonly Broken[] = [
  {
    name: 'every request is refused',
    change: ['url: "/', 'url: "http://127.0.0.1:1/'],
    exitCode: 1,
    says: [/^Verdict: FAILED \(none of 10 requests was answered\)$/m, /10 {2}ECONNREFUSED/],
  },
  {
    name: 'ensure stands alone, without its plugin',
    change: ['  plugins:', '  ensure:\n    thresholds:\n      - http.response_time.max: 0\n  plugins:'],
    exitCode: 1,
    says: [/Verdict: FAILED \(http\.response_time\.max < 0 is broken/],
  },
  {
    name: 'Node is too old for the TypeScript of the verdict plugin',
    change: ['', ''],
    env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(OLD_NODE)}` },
    exitCode: 2,
    says: [/^error: Node 20\.20\.2 cannot run the verdict plugin; Node 22\.18 or newer is needed$/m],
  },
  {
    name: 'a plugin fails at the end',
    change: [VERDICT, `${VERDICT}\n    publisher: {}`],
    files: {
      'plugins/artillery-plugin-publisher/index.js':
        'exports.Plugin = class { constructor() { if (!process.env.LOCAL_WORKER_ID) global.artillery.ext({ ext: "beforeExit", method: async () => { throw new Error("lost"); } }); } };',
    },
    env: { ARTILLERY_PLUGIN_PATH: 'FOLDER/plugins' },
    exitCode: 1,
    says: [/^Verdict: FAILED \(a plugin failed at the end of the run \(beforeExit\): lost\)$/m],
  },
  {
    name: 'phases is misspelt',
    change: ['phases:', 'phasess:'],
    exitCode: 2,
    says: [/^test\.yml:3:3 error phasess .*phases\b/m],
  },
  {
    name: 'a variable is defined nowhere',
    change: ['{{ term }}', '{{ termm }}'],
    exitCode: 2,
    says: [/^test\.yml:18:\d+ error .*termm[\s\S]*?term\b/m],
  },
  { name: 'the environment is unknown', change: ['', ''], args: ['-e', 'stageing'], exitCode: 2, says: [/stageing/] },
  {
    name: 'a hook throws',
    change: ['function: think', 'function: broken'],
    exitCode: 1,
    says: [/Verdict: FAILED/, /10 {2}boom/],
  },
];

/** Everything that can be seen beforehand and stands in the file, at once: each of these alone is refused, since each is an error. */
const FAULTY = `config:
  target: TARGET
  phases:
    - name: Steady
      duration: 2
      arrivalrate: 5
    - name: Nobody
      duration: 2
      arrivalRate: 0
  processor: processor.js
  http:
    timeoutt: 5
  plugins:
    ${VERDICT}
    no-such-plugin: {}
    publisher: {}
  ensure:
    threshold:
      - x: 1
  variables:
    term: phishing
scenarios:
  - name: Search
    flow:
      - get:
          url: "/search?q={{ term }}"
          headrs:
            accept: application/json
      - gett:
          url: /
      - function: thonk
`;

const FAULTY_SAYS: readonly RegExp[] = [
  /^test\.yml:6:7 error .*arrivalrate .*arrivalRate/m,
  /^test\.yml:9:\d+ error .*nobody arrives/m,
  /^test\.yml:12:5 error timeoutt .*timeout\b/m,
  /^test\.yml:15:5 error .*no-such-plugin/m,
  /^test\.yml:16:5 error .*plugin publisher cannot be loaded: it holds an enum[\s\S]*index\.ts:1/m,
  /^test\.yml:18:5 error threshold .*thresholds/m,
  /^test\.yml:27:11 error .*headrs .*headers/m,
  /^test\.yml:29:9 error gett .*get\b/m,
  /^test\.yml:31:\d+ error thonk .*think/m,
];

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

function testText([from, to]: readonly [string, string]): string {
  const text = HEALTHY.replace('TARGET', target.url);
  expect(text).toContain(from);
  return text.replace(from, to);
}

test('the healthy test, of which all others are a change, passes', async () => {
  write({ 'test.yml': testText(['', '']), 'processor.js': PROCESSOR });
  const { exitCode, stdout } = await runArtillery(['test.yml'], { cwd: folder });
  expect(stdout).toMatch(/^Verdict: PASSED/m);
  expect(exitCode).toBe(0);
  expect(target.total()).toBe(10);
});

test.each(BROKEN)('$name: exit code $exitCode', async ({ change, files = {}, args = [], env = {}, exitCode, says }) => {
  write({ 'test.yml': testText(change), 'processor.js': PROCESSOR, ...files });
  const inFolder = Object.entries(env).map(([name, value]) => [name, value.replace('FOLDER', folder)]);
  const result = await runArtillery(['test.yml', ...args], { cwd: folder, env: Object.fromEntries(inFolder) });
  for (const words of says) expect(`${result.stdout}${result.stderr}`).toMatch(words);
  expect(result.exitCode).toBe(exitCode);
  // A fault that can be seen beforehand costs nobody a request.
  if (exitCode === 2) expect(target.total()).toBe(0);
  expect(`${result.stdout}${result.stderr}`).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
});

test('faults in the file are all said before any load is sent', async () => {
  write({
    'test.yml': FAULTY.replace('TARGET', target.url),
    'processor.js': PROCESSOR,
    'plugins/artillery-plugin-publisher/package.json': '{ "type": "module", "main": "index.ts" }',
    'plugins/artillery-plugin-publisher/index.ts': 'enum Level { Loud }\nexport class Plugin { level = Level.Loud; }',
  });
  const env = { ARTILLERY_PLUGIN_PATH: join(folder, 'plugins') };
  const { exitCode, stderr, stdout } = await runArtillery(['test.yml'], { cwd: folder, env });
  for (const words of FAULTY_SAYS) expect(stderr).toMatch(words);
  expect(exitCode).toBe(2);
  expect(target.total()).toBe(0);
  expect(`${stdout}${stderr}`).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
});
