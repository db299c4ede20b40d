/** Where progress is shown. */
export interface Display {
  readonly isTTY: boolean;
  write(text: string): void;
}

/** Progress goes where results do not. */
export function standardError(): Display {
  return { isTTY: process.stderr.isTTY === true, write: (text) => void process.stderr.write(text) };
}

/** `2:05`. */
export function clock(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
