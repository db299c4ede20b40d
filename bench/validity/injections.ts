import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Cores, isInstalled, pinned } from '../measure/cores.ts';

/** What is done to a run, and what the answer must be. */
export interface Injection {
  readonly name: string;
  readonly expected: 'valid' | 'not valid';
  /** How long the server takes for an answer. */
  readonly delayMs: number;
  /** A processor for the test; empty: none. */
  readonly processor?: string;
  /** Wraps the command; TARGET in it stands for the server's address. */
  readonly wrap?: (command: readonly string[]) => string[];
  /** Programs that run beside the phases. */
  readonly beside?: (cores: Cores | undefined) => string[][];
  /** false: not on this machine. */
  readonly isPossible: () => boolean;
}

/** Keeps the event loop of the worker busy for 60 ms twice a second: 10 % of the requests are late by more than 10 ms. */
const STALLS = `if (!require('node:worker_threads').isMainThread) {
  setInterval(() => {
    const until = performance.now() + 60;
    while (performance.now() < until);
  }, 500).unref();
}
`;

const FEW_PORTS = fileURLToPath(new URL('few-ports.ts', import.meta.url));

/** Busy programs on the core of the generator; each takes as much as the generator may have. */
const BUSY_PROGRAMS = 4;

/** Enough for Artillery to start with, and for some 60 connections. */
const DESCRIPTORS = 110;

/** Everything that the study does to runs. */
export const INJECTIONS: readonly Injection[] = [
  { name: 'nothing', expected: 'valid', delayMs: 5, isPossible: () => true },
  { name: 'a server that takes 2 s', expected: 'valid', delayMs: 2_000, isPossible: () => true },
  { name: 'stalls of the event loop', expected: 'not valid', delayMs: 5, processor: STALLS, isPossible: () => true },
  {
    name: 'busy programs on its core',
    expected: 'not valid',
    delayMs: 5,
    beside: busyPrograms,
    isPossible: () => isInstalled('taskset'),
  },
  {
    name: 'few descriptors',
    expected: 'not valid',
    delayMs: 2_000,
    wrap: (command) => ['sh', '-c', `ulimit -n ${DESCRIPTORS}; exec "$@"`, 'sh', ...command],
    isPossible: () => process.platform !== 'win32',
  },
  {
    name: 'few local ports',
    expected: 'not valid',
    delayMs: 2_000,
    wrap: (command) => ['unshare', '-n', process.execPath, FEW_PORTS, ...command],
    isPossible: () => isInstalled('ip') && spawnSync('unshare', ['-n', 'true']).status === 0,
  },
];

function busyPrograms(cores: Cores | undefined): string[][] {
  const program = pinned([process.execPath, '-e', 'for (;;);'], cores?.generator ?? 0);
  return Array.from({ length: BUSY_PROGRAMS }, () => program);
}
