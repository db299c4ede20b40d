interface Locks {
  request(name: string, options: { ifAvailable: true }, callback: (lock: unknown) => unknown): unknown;
}

let known = Number(process.env.LOCAL_WORKER_ID) || 1;

/**
 * Which worker of the run this is, from 1, in the order in which they were started. Artillery's own number of a worker
 * also counts other threads of the process, such as one that watches over the platform, and so differs from run to run.
 */
export function workerNumber(): number {
  return known;
}

/**
 * Claims the lowest number that no other worker of this process has, for as long as the process lives. Locks are shared by
 * all threads of a process, and Artillery prepares its workers one after the other, all before the first user arrives.
 *
 * @param locks Web Locks, which Node has from 24.5 on; without them Artillery's number stays.
 */
export async function claimWorkerNumber(locks: Locks | undefined): Promise<void> {
  if (locks === undefined) return;
  let number = 1;
  while (!(await isFree(locks, `proving-ground-worker-${number}`))) number += 1;
  known = number;
}

function isFree(locks: Locks, name: string): Promise<boolean> {
  return new Promise((resolve) => {
    locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      // A promise that never settles keeps the lock.
      return lock === null ? undefined : new Promise(() => undefined);
    });
  });
}

/** Node's Web Locks, which the installed types do not know yet. */
export function nodeLocks(): Locks | undefined {
  return (globalThis.navigator as { locks?: Locks } | undefined)?.locks;
}
