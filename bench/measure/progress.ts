/** Tells on standard error what is under way: `[3/72] bare GETs …`. Standard output is for results alone. */
export interface Progress {
  step(text: string): void;
}

/** @param total number of steps. */
export function createProgress(total: number): Progress {
  let done = 0;
  const startedAt = performance.now();
  return {
    step: (text) => {
      done += 1;
      const seconds = Math.round((performance.now() - startedAt) / 1000);
      console.error(`[${done}/${total}, ${seconds} s] ${text}`);
    },
  };
}
