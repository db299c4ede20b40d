import { UserFault } from '../../errors.ts';
import { type BlockPhases, blockPhases, type TimedPhase } from '../../gate/regression/index.ts';
import { readTestFile } from '../../workload/index.ts';
import { type EffectiveTest, effectiveTest, requestNames, valueAt } from '../../workload/plan/index.ts';
import { phaseSeconds } from '../../workload/plan/milliseconds.ts';
import { platformSettings } from '../system/platform-settings.ts';
import { type PlacedMargin, placedMargin } from './margins.ts';
import { type RegressionOptions, regressionOptions } from './regression-options.ts';

/** A test as the gate runs it. */
export interface BlockTest {
  readonly file: string;
  readonly environment: string | undefined;
  /** As the test says it; undefined: it has none. */
  readonly target: string | undefined;
  readonly plan: BlockPhases;
  /** Variables with which the system is started. */
  readonly env: Readonly<Record<string, string>>;
  readonly options: RegressionOptions;
  readonly margins: readonly PlacedMargin[];
  /** What it calls its requests; undefined: anything. */
  readonly requests: readonly string[] | undefined;
}

/** What a command line can say over the test. */
export interface BlockChoice {
  readonly environment: string | undefined;
  /** Whole seconds, 1 or more. */
  readonly blockSec: number | undefined;
  /** Whole seconds, 0 or more. */
  readonly warmUpSec: number | undefined;
}

/** Seconds that a block measures, where nothing else is said. */
const BLOCK_SEC = 10;
/** Long enough for V8 to compile what a request runs through, and for pools to fill. */
const WARM_UP_SEC = 3;

/**
 * Reads a test and shortens its phases to one block.
 *
 * @throws UserFault of a test that cannot be read, `gate-engine` for one whose engine keeps no samples, `plugin-options` for its margins.
 */
export function readBlockTest(path: string, { environment, blockSec, warmUpSec }: BlockChoice): BlockTest {
  const file = readTestFile(path);
  const test = effectiveTest(file, { environment, env: process.env });
  requireSamples(test);
  const options = regressionOptions(test);
  const plan = blockPhases(
    timedPhases(test),
    blockSec ?? options.block ?? BLOCK_SEC,
    warmUpSec ?? options.warmUp ?? WARM_UP_SEC,
  );
  const target = test.config.target;
  const requests = requestNames(test.scenarios);
  return {
    file: path,
    environment,
    target: typeof target === 'string' ? target : undefined,
    plan,
    env: platformSettings(test),
    options,
    margins: (options.margins ?? []).map((text, index) => placedMargin(text, index, { test, requests })),
    requests,
  };
}

/** Refuses a test whose engine keeps no samples. @throws UserFault `gate-engine`. */
export function requireSamples({ config, file, locate }: EffectiveTest): void {
  if (config.engine === 'undici' && valueAt(config, 'plugins.verdict') !== undefined) return;
  throw new UserFault('gate-engine', `${file} keeps no samples: this needs "engine: undici" and the verdict plugin`, {
    position: locate(['engine']) ?? locate([]),
    hint: 'Write below config: engine: undici, engines: with undici: {} below it, and plugins: with verdict: {} below it.',
  });
}

function timedPhases({ config, file, locate }: EffectiveTest): TimedPhase[] {
  const phases: unknown = config.phases;
  const list = Array.isArray(phases) ? phases : [];
  if (list.length === 0) throw new UserFault('test-file-shape', `${file} has no phases`, { position: locate([]) });
  return list.map((phase: unknown, index) => {
    const raw = typeof phase === 'object' && phase !== null ? { ...phase } : {};
    const seconds = phaseSeconds('pause' in raw ? raw.pause : 'duration' in raw ? raw.duration : undefined);
    if (seconds !== undefined && seconds > 0) return { raw, seconds };
    throw new UserFault('phase-impossible', `phase ${index + 1} has no length that can be shortened`, {
      position: locate(['phases', index]),
      hint: 'Give it a duration in seconds.',
    });
  });
}
