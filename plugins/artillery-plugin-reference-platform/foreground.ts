const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs work that blocks the main thread for seconds, and lets Ctrl-C, SIGTERM and SIGHUP end the process meanwhile.
 *
 * A blocked thread runs no signal listener, so the listeners are put aside: the operating system then ends the process at
 * once, which a shell reports as 130 or 143. Artillery's spinner also reads the keyboard in raw mode, in which Ctrl-C is
 * only a character that nobody would read, and hides the cursor.
 */
export function blockInForeground<T>(work: () => T): T {
  const putBack = SIGNALS.map(putAside);
  const raw = process.stdin.isTTY && process.stdin.isRaw;
  if (raw) process.stdin.setRawMode(false);
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K\u001b[?25h');
  try {
    return work();
  } finally {
    if (raw) process.stdin.setRawMode(true);
    for (const put of putBack) put();
  }
}

/** @returns puts the listeners back. */
function putAside(signal: NodeJS.Signals): () => void {
  const listeners = process.rawListeners(signal);
  process.removeAllListeners(signal);
  return () => {
    for (const listener of listeners) process.on(signal, listener as NodeJS.SignalsListener);
  };
}
