// Runs the same tests through two engines and writes what differs as JSON to standard output. In a process of its own, because
// Artillery's engine reads and changes the environment, the console and Math.random.
//
//   node test/integration/engine/differential.ts <left> <right> cases [text of claim]
//   node test/integration/engine/differential.ts <left> <right> generated <count> <seed>
import { createRandom, type Random } from '../../../src/stats/random.ts';
import { CASES } from './cases/index.ts';
import { compare, type Difference } from './compare.ts';
import type { EngineCase } from './engine-case.ts';
import { loadEngine } from './engines.ts';
import { generateCase } from './generate-case.ts';
import { judge } from './known-differences.ts';
import type { Observation } from './observation.ts';
import { observe } from './observe.ts';
import { startRecordingServers } from './recording-server.ts';
import { shrink } from './shrink.ts';

/** What came of one case. */
export interface CaseResult {
  readonly claim: string;
  /** Differences that are not meant. */
  readonly unexpected: readonly Difference[];
  /** Headings of differences that are meant and did not show. */
  readonly gone: readonly string[];
  readonly left: Pick<Observation, 'outcomes' | 'counters'> & { readonly requests: number };
  /** The test as a reader would need it to try it; only where something is unexpected. */
  readonly test?: EngineCase;
}

const [left = 'http', right = 'undici', what = 'cases', ...options] = process.argv.slice(2);
let random: Random = createRandom('start');
// lodash takes Math.random over when it is loaded, so it has to be replaced before any engine is.
Math.random = () => random.next();

const cases =
  what === 'generated' ? generated(Number(options[0]), options[1] ?? 'seed') : handWritten(options[0] ?? '');
const engines = await Promise.all([loadEngine(left), loadEngine(right)]);
const servers = await startRecordingServers();
const results: CaseResult[] = [];
for (const engineCase of cases) results.push(await runCase(engineCase));
await servers.close();
process.stdout.write(JSON.stringify(results), () => process.exit(0));

async function runCase(engineCase: EngineCase): Promise<CaseResult> {
  const { expected, judged } = await tryBoth(engineCase);
  const result = {
    claim: engineCase.claim,
    left: { outcomes: expected.outcomes, counters: expected.counters, requests: expected.requests.length },
  };
  // Hand-written cases are small already.
  if (judged.unexpected.length === 0) return { ...result, ...judged };
  if (what === 'cases') return { ...result, ...judged, test: engineCase };
  const test = await shrink(engineCase, async (smaller) => (await tryBoth(smaller)).judged.unexpected.length > 0);
  return { ...result, ...(await tryBoth(test)).judged, test };
}

async function tryBoth(engineCase: EngineCase): Promise<{ expected: Observation; judged: ReturnType<typeof judge> }> {
  const [first, second] = engines;
  random = createRandom(engineCase.claim);
  const expected = await observe(engineCase, first, servers);
  random = createRandom(engineCase.claim);
  const actual = await observe(engineCase, second, servers);
  return { expected, judged: judge(compare(expected, actual, engineCase.unordered), engineCase.claim) };
}

function handWritten(text: string): readonly EngineCase[] {
  return Object.values(CASES)
    .flat()
    .filter(({ claim }) => claim.includes(text));
}

function generated(count: number, seed: string): readonly EngineCase[] {
  return Array.from({ length: count }, (_, index) => generateCase(`${seed} ${index}`));
}
