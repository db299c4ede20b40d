import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ArtilleryEngine, artilleryCommand } from '../engine/artillery-generators.ts';
import { pinned } from '../measure/cores.ts';
import { type Session, startSession } from '../measure/session.ts';
import type { Target } from '../targets/target.ts';
import { askGenerator, type Memory } from './ask-probe.ts';

/** A run whose memory is looked at twice. */
export interface GrowthPlan {
  readonly engine: ArtilleryEngine;
  readonly target: Target;
  /** Artillery's `config.phases`. */
  readonly phases: readonly object[];
  /** Steps of the one scenario. */
  readonly flow: readonly object[];
  /** Requests at the target when it is looked at: the first and the second time. */
  readonly looksAt: readonly [number, number];
  /** Pause between reaching a count and looking, in milliseconds. */
  readonly settleMs: number;
  readonly core: number | undefined;
}

/** What the generator held at the two looks. */
export interface Growth {
  readonly first: Memory;
  readonly second: Memory;
}

const PROBE = new URL('probe.ts', import.meta.url).href;
const PATIENCE_MS = 300_000;

/** Runs a test and compares the memory of its generator at two moments. @throws Error with what it printed when it ends early. */
export async function measureGrowth(plan: GrowthPlan): Promise<Growth> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-memory-'));
  const path = join(folder, 'test.json');
  const { config, plugins } = plan.engine;
  const scenarios = [{ name: 'Bench', flow: plan.flow }];
  const metrics = { 'metrics-by-endpoint': { useOnlyRequestNames: true, suppressOutput: true } };
  const { phases, target } = plan;
  const http = { timeout: 600 };
  writeFileSync(
    path,
    JSON.stringify({
      config: { ...config, target: target.url, phases, http, plugins: { ...metrics, ...plugins } },
      scenarios,
    }),
  );
  const { argv, env } = artilleryCommand(path, { NODE_OPTIONS: `--import=${PROBE}`, MEMORY_PROBE: folder });
  const session = startSession(pinned(argv, plan.core), { cwd: folder, env, logFile: join(folder, 'output.log') });
  try {
    const before = await target.requestCount();
    const look = async (index: 0 | 1): Promise<Memory> => {
      await reached(before + plan.looksAt[index], target, session);
      await sleep(plan.settleMs);
      return askGenerator(folder, index + 1);
    };
    return { first: await look(0), second: await look(1) };
  } finally {
    await session.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function reached(count: number, target: Target, session: Session): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  while ((await target.requestCount()) < count) {
    await sleep(100);
    if (!session.isRunning() || performance.now() > giveUpAt) {
      throw new Error(`the generator sent too little:\n${session.output()}`);
    }
  }
}
