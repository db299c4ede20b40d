import { spawn } from 'node:child_process';
import { findCores, pinned } from '../measure/cores.ts';

/** A neighbour on the machine. */
export interface Neighbour {
  stop(): void;
}

/** Bursts and pauses are as long as each other on average: half of the time. */
const SHORTEST_MS = 200;
const LONGEST_MS = 3_000;

const PROGRAM = `
const draw = () => ${SHORTEST_MS} + Math.random() * ${LONGEST_MS - SHORTEST_MS};
const burst = () => {
  const end = performance.now() + draw();
  while (performance.now() < end);
  setTimeout(burst, draw());
};
process.stdin.on('end', () => process.exit()).resume();
burst();
`;

/**
 * Keeps the last core busy half of the time, in bursts of some seconds at most, as another job of a shared machine does. It ends when this process does.
 * Its times are not seeded: a neighbour knows nothing of the pairs.
 */
export function startNeighbour(): Neighbour {
  const [program = '', ...rest] = pinned([process.execPath, '-e', PROGRAM], findCores()?.generator);
  const child = spawn(program, rest, { stdio: ['pipe', 'ignore', 'ignore'] });
  return { stop: () => void child.kill('SIGKILL') };
}
