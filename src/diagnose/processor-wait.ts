import type { Scene } from './scene.ts';
import { totalOf } from './timeline.ts';

/** Of the processors of the machine: from here on whoever wants one waits for others. */
const FULL = 0.9;

/**
 * Where all processors are busy, requests spend their time on a processor or waiting for one: what statements cost is then their part of the
 * work of the machine, of all the time of requests, and not only the time in which they ran.
 *
 * @param workMs what sessions of the database spent on the statements, milliseconds per step. @param lost what is known to be lost anyway.
 */
export function withProcessorWait(scene: Scene, workMs: Float64Array, lost: Float64Array): Float64Array {
  const { machine } = scene.service;
  const part = partOfMachine(scene, workMs);
  if (machine === undefined || part === undefined) return lost;
  const { busyMs } = scene.timeline;
  return lost.map((ms, step) => ((machine.values[step] ?? 0) < FULL ? ms : Math.max(ms, part * (busyMs[step] ?? 0))));
}

/** Of all that the processors did, 0–1: the database's part, divided as its statements divide its time. undefined: nobody watched. */
function partOfMachine({ service, database }: Scene, workMs: Float64Array): number | undefined {
  const { machine, cores } = service;
  const own = cores.find(({ system }) => system === database.system);
  if (machine?.processors === undefined || own === undefined) return undefined;
  const statements = database.statements.reduce((sum, { busyMs }) => sum + totalOf(busyMs), 0);
  const used = totalOf(machine.values) * machine.processors;
  if (statements === 0 || used === 0) return undefined;
  return Math.min(1, totalOf(workMs) / statements) * Math.min(1, totalOf(own.values) / used);
}
