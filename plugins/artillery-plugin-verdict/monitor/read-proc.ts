import { readFileSync } from 'node:fs';

/** A file of /proc; empty where the system has no such file, or does not let us see it. */
export function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch {
    return '';
  }
}
