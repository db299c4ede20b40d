import { createRandom, type Random } from '../../../stats/index.ts';
import type { HistoryFigure, HistoryRun } from '../history-run.ts';

/** A history that never took place. */
export interface MadeHistory {
  readonly runs: number;
  /** Standard deviation from run to run, a share; of it, one half is common to all endpoints. */
  readonly noise: number;
  readonly seed?: string;
  /** From this run on, and until another, one endpoint is slower by a share. */
  readonly step?: { readonly at: number; readonly share: number; readonly until?: number };
  /** By how much one endpoint is slower in the last run than in the first, bit by bit. */
  readonly drift?: number;
  /** Noise around 0; it is scaled to a standard deviation of about 1 for an even one. Default: normal. */
  readonly shape?: (random: Random) => number;
}

const ENDPOINTS = ['Sign in', 'Search', 'Dashboard', 'Heat map', 'Send events', 'Open alert'];
const DAY_MS = 86_400_000;

/** Six endpoints, of which `Search` changes; the same noise for the same seed. */
export function madeHistory(made: MadeHistory): HistoryRun[] {
  const random = createRandom(`history ${made.seed ?? ''}`);
  const shape = made.shape === undefined ? normal : (each: Random) => Math.sqrt(12) * (made.shape?.(each) ?? 0);
  return Array.from({ length: made.runs }, (_, index) => {
    const common = shape(random);
    const figures = ENDPOINTS.flatMap((name): HistoryFigure[] =>
      (['p50', 'p95'] as const).map((metric) => {
        const off = made.noise * Math.SQRT1_2 * (common + shape(random));
        const level = name === 'Search' ? slowness(made, index) : 1;
        const target = { kind: 'endpoint', name } as const;
        return { target, metric, value: (metric === 'p50' ? 10 : 30) * level * Math.exp(off) };
      }),
    );
    return { ...runAt(index), figures };
  });
}

function slowness({ runs, step, drift = 0 }: MadeHistory, index: number): number {
  const isIn = step !== undefined && index >= step.at && index < (step.until ?? Infinity);
  return (isIn ? 1 + step.share : 1) * (1 + (drift * index) / Math.max(1, runs - 1));
}

function runAt(index: number): Omit<HistoryRun, 'figures'> {
  return {
    name: `run ${index}`,
    startedAt: new Date(Date.UTC(2026, 0, 1) + index * DAY_MS).toISOString(),
    commit: `commit ${index}`,
    identity: {
      test: 'peak.yml',
      testHash: 'a',
      mix: '',
      load: '',
      engine: '',
      seedPolicy: { kind: 'fixed', seed: String(index) },
      machine: { processor: 'x', cores: 2, memoryMb: 8000, system: 'linux' },
      runtime: 'v24.21',
      validity: 'valid',
    },
  };
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
