import type { ChildProcess } from 'node:child_process';

/** Listens to what a program prints. @returns what it printed last on both streams, at most so many characters. */
export function keepEnd({ stdout, stderr }: ChildProcess, mostCharacters: number): () => string {
  let text = '';
  for (const stream of [stdout, stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text = (text + chunk).slice(-mostCharacters);
    });
  }
  return () => text;
}
