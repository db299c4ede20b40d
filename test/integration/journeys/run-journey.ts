import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expandIncludes } from '../../../src/workload/index.ts';
import { type ArtilleryResult, runArtillery } from '../../e2e/run-artillery.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** What to run. */
export interface JourneyRun {
  /** Files in `artillery/journeys`, without `.yml`. */
  readonly journeys: readonly string[];
  readonly target: string;
  /** Arrivals within one second. */
  readonly users: number;
  readonly env?: Readonly<Record<string, string>>;
  /** A function in TypeScript that each user begins with. */
  readonly firstHook?: { readonly name: string; readonly code: string };
  /** As in the tests of this repository, by Artillery; else Node erases the types, which takes a tenth of the time. */
  readonly isBundled?: boolean;
}

/** What Artillery counted. */
export interface JourneyResult extends ArtilleryResult {
  readonly counters: Readonly<Record<string, number>>;
  /** Histograms: count, mean and quantiles by name. */
  readonly summaries: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/**
 * Runs journeys through Artillery, as users do, but without think times and with no plugin that is not Artillery's own: what
 * goes wrong here is the fault of the journeys or the processors. Processors are bundled in a folder of their own, so that runs
 * at the same time do not write the same file.
 */
export async function runJourneys(run: JourneyRun): Promise<JourneyResult> {
  const folder = mkdtempSync(join(tmpdir(), 'journeys-'));
  try {
    // Where the bundle finds the packages that are not bundled.
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const reexport = `export * from ${JSON.stringify(join(ROOT, 'processors/index.ts'))};\n`;
    writeFileSync(join(folder, processorOf(run)), reexport + (run.firstHook?.code ?? ''));
    writeFileSync(join(folder, 'test.json'), JSON.stringify({ config: configOf(run), scenarios: scenariosOf(run) }));
    const env = { SEED: '1', THINK_SCALE: '0', ...run.env };
    const result = await runArtillery(['-o', 'out.json', 'test.json'], { cwd: folder, env, timeoutMs: 90_000 });
    return { ...result, ...readAggregate(folder, result) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readAggregate(folder: string, result: ArtilleryResult): Pick<JourneyResult, 'counters' | 'summaries'> {
  try {
    const { aggregate } = JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8'));
    return aggregate;
  } catch (cause) {
    throw new Error(`artillery wrote no results\n${result.stdout}\n${result.stderr}`, { cause });
  }
}

function scenariosOf({ journeys, firstHook }: JourneyRun): unknown[] {
  const included = journeys.map((name) => ({ flow: [{ include: `journeys/${name}.yml` }] }));
  return expandIncludes(included, join(ROOT, 'artillery/test.yml')).map((scenario) => {
    const { beforeScenario } = scenario as { beforeScenario: string };
    const hooks = firstHook === undefined ? [beforeScenario] : [firstHook.name, beforeScenario];
    return { ...(scenario as object), beforeScenario: hooks };
  });
}

/** Artillery bundles what ends in `.ts`. */
function processorOf({ isBundled = false }: JourneyRun): string {
  return isBundled ? 'processors.ts' : 'processors.mts';
}

function configOf(run: JourneyRun): object {
  return {
    target: run.target,
    phases: [{ name: 'Once', duration: 1, arrivalCount: run.users }],
    processor: processorOf(run),
    bundling: { external: ['@faker-js/faker'] },
    payload: [
      rowsOf('users', 'users.csv', ['username', 'password', 'role']),
      rowsOf('searchTerms', 'search-terms.csv', ['term', 'weight', 'kind']),
      rowsOf('indicators', 'indicators.csv', ['value', 'kind', 'score']),
    ],
    plugins: { 'metrics-by-endpoint': { useOnlyRequestNames: true } },
  };
}

function rowsOf(name: string, file: string, fields: readonly string[]): object {
  return { name, path: join(ROOT, 'fixtures/data', file), fields, loadAll: true, skipHeader: true, cast: false };
}
