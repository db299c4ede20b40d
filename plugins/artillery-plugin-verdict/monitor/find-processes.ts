import { readdirSync, readlinkSync } from 'node:fs';
import {
  listenersOn,
  type ProcessChoice,
  parseChildren,
  parseProcessStat,
} from 'proving-ground/record/system/index.ts';
import { readProc } from './read-proc.ts';

/** The processes of a choice that are there now; none on systems without /proc. */
export function findProcesses(choice: ProcessChoice): number[] {
  switch (choice.kind) {
    case 'pid':
      return choice.withChildren ? familyOf(choice.pid) : [choice.pid];
    case 'port':
      return holdersOf(
        new Set([readProc('net/tcp'), readProc('net/tcp6')].flatMap((text) => listenersOn(choice.port, text))),
      );
    case 'name':
      return allProcesses().filter(
        (pid) => parseProcessStat(readProc(`${pid}/stat`))?.name === choice.name.slice(0, 15),
      );
  }
}

function familyOf(pid: number): number[] {
  const children = parseChildren(readProc(`${pid}/task/${pid}/children`));
  return [pid, ...children.flatMap(familyOf)];
}

function allProcesses(): number[] {
  try {
    return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
  } catch {
    return [];
  }
}

/** Several processes can hold one socket: those that share the work of a service. */
function holdersOf(inodes: ReadonlySet<string>): number[] {
  if (inodes.size === 0) return [];
  const sockets = new Set([...inodes].map((inode) => `socket:[${inode}]`));
  return allProcesses().filter((pid) => linksOf(pid).some((link) => sockets.has(link)));
}

function linksOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((name) => {
      try {
        return [readlinkSync(`/proc/${pid}/fd/${name}`)];
      } catch {
        // It was closed in between.
        return [];
      }
    });
  } catch {
    // Not ours to see, or ended.
    return [];
  }
}
