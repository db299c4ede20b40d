/** What is known of a stream that somebody may look at. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Narrower ones get lines of this width all the same: a table in fewer columns says nothing. */
const MIN_WIDTH = 60;

/** When nobody tells the width: a pipe, or a terminal that does not know itself. */
const USUAL_WIDTH = 80;

/** Columns for text on a stream, at least 60. */
export function textWidth({ columns }: Terminal): number {
  // A terminal without a size, as under some build servers, says 0.
  return columns === undefined || columns === 0 ? USUAL_WIDTH : Math.max(MIN_WIDTH, columns);
}

/** Whether the stream is a terminal that knows more than plain lines. */
export function isCapable({ isTTY }: Terminal, env: Readonly<Record<string, string | undefined>>): boolean {
  return isTTY === true && env.TERM !== 'dumb';
}
