import type { Progress } from './bring-up.ts';

const REPEAT_MS = 10_000;

/** Shows how far a start is. */
export interface StartDisplay {
  progress(progress: Progress): void;
  /** A line of the platform's own. */
  line(text: string): void;
  /** Leaves the cursor at the start of an empty line. */
  end(): void;
}

/** What a display needs from outside. */
export interface DisplayOptions {
  readonly isTerminal: boolean;
  write(text: string): void;
  /** Milliseconds from any origin. */
  now(): number;
}

/** On a terminal one line that is written again and again; elsewhere a line per step, and one every ten seconds. */
export function createStartDisplay({ isTerminal, write, now }: DisplayOptions): StartDisplay {
  const startedAt = now();
  return isTerminal ? terminalDisplay(write, startedAt, now) : logDisplay(write, startedAt, now);
}

function terminalDisplay(write: (text: string) => void, startedAt: number, now: () => number): StartDisplay {
  const clear = '\r\u001b[K';
  let current = '';
  return {
    progress: (progress) => {
      const next = describe(progress, now() - startedAt);
      if (next !== current) write(clear + next);
      current = next;
    },
    line: (text) => write(`${clear}${text}\n${current}`),
    end: () => write(clear),
  };
}

function logDisplay(write: (text: string) => void, startedAt: number, now: () => number): StartDisplay {
  let step: string | undefined;
  let writtenAt = startedAt;
  return {
    progress: (progress) => {
      if (progress.step === step && now() - writtenAt < REPEAT_MS) return;
      step = progress.step;
      writtenAt = now();
      write(`${describe(progress, writtenAt - startedAt)}\n`);
    },
    line: (text) => write(`${text}\n`),
    end: () => undefined,
  };
}

function describe({ step, percent }: Progress, elapsedMs: number): string {
  return `Reference platform: ${step}, ${Math.round(percent)} % (${Math.floor(elapsedMs / 1000)} s)`;
}
