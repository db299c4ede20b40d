import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Memory of a generator at one moment, after a full garbage collection. */
export interface Memory {
  /** Heap and memory outside it that belongs to its objects, of the worker, in bytes. */
  readonly workerBytes: number;
  /** The same of the main thread. */
  readonly mainBytes: number;
  /** Resident memory of the whole process in bytes; freed pages may still be counted. */
  readonly residentBytes: number;
}

/** What a thread says of itself, in bytes. */
export interface ThreadMemory {
  /** Heap and memory outside it that belongs to its objects, after a full garbage collection. */
  readonly heapBytes: number;
  /** Resident memory of the whole process, after the collection. */
  readonly residentBytes: number;
  /** The same before it. */
  readonly residentBeforeBytes: number;
}

interface Answer extends ThreadMemory {
  readonly kind: 'main' | 'worker' | 'other';
}

const PATIENCE_MS = 15_000;

/**
 * Asks the probes in a generator (`probe.ts`).
 *
 * @param question 1 for the first, 2 for the second …
 * @throws Error when main thread and worker have not both answered within 15 s.
 */
export function askGenerator(folder: string, question: number): Promise<Memory> {
  return ask(folder, question, (answers) => {
    // A worker of Artillery may have threads of its own, which inherit its environment and hold little.
    const worker = answers.filter(({ kind }) => kind === 'worker').toSorted((a, b) => b.heapBytes - a.heapBytes)[0];
    const main = answers.find(({ kind }) => kind === 'main');
    if (worker === undefined || main === undefined) return undefined;
    const { residentBytes } = worker;
    return { workerBytes: worker.heapBytes, mainBytes: main.heapBytes, residentBytes };
  });
}

/** Asks the probe in the main thread of any program. @throws Error when it has not answered within 15 s. */
export function askMainThread(folder: string, question: number): Promise<ThreadMemory> {
  return ask(folder, question, (answers) => answers.find(({ kind }) => kind === 'main'));
}

async function ask<T>(folder: string, question: number, pick: (answers: Answer[]) => T | undefined): Promise<T> {
  writeFileSync(join(folder, `ask-${question}`), '');
  const giveUpAt = performance.now() + PATIENCE_MS;
  while (performance.now() < giveUpAt) {
    await sleep(200);
    const picked = pick(answersTo(folder, question));
    if (picked !== undefined) return picked;
  }
  throw new Error(`the program did not say how much memory it holds within ${PATIENCE_MS / 1000} s`);
}

function answersTo(folder: string, question: number): Answer[] {
  const names = readdirSync(folder).filter((name) => name.startsWith(`answer-${question}-`));
  return names.flatMap((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    // Empty while it is being written.
    return text.endsWith('}') ? [JSON.parse(text) as Answer] : [];
  });
}
