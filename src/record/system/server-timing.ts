/** What the answers of one endpoint said of one part of their time. */
export interface ServerTiming {
  readonly endpoint: string;
  /** As the header names it: `db`, `total`. */
  readonly name: string;
  readonly count: number;
  readonly sumMs: number;
  readonly maxMs: number;
}

/** What one worker heard in a span of time, in milliseconds since the epoch. */
export interface ServerTimingSpan {
  readonly fromMs: number;
  readonly toMs: number;
  readonly timings: readonly ServerTiming[];
}

/** Adds up the `Server-Timing` headers of answers between two calls of `take`. */
export interface ServerTimingTally {
  /** @param header its whole value. */
  add(endpoint: string, header: string): void;
  /** Everything since the last call; undefined: no answer had such a header. */
  take(nowMs: number): ServerTimingSpan | undefined;
}

/** Names without end, a header that a stranger makes up, must not fill the memory. */
const MAX_NAMES = 16;
const MAX_ENDPOINTS = 500;

interface Sum {
  readonly name: string;
  count: number;
  sumMs: number;
  maxMs: number;
}

const [COMMA, SEMICOLON, QUOTE, SPACE, EQUALS] = [44, 59, 34, 32, 61];

/**
 * A tally. Called for every answer: it reads the header (W3C Server Timing) without taking it apart into new texts, but for the
 * numbers. Entries without `dur` have no time and are left out.
 *
 * @param nowMs milliseconds since the epoch.
 */
export function createServerTimingTally(nowMs: number): ServerTimingTally {
  let fromMs = nowMs;
  let byEndpoint = new Map<string, Sum[]>();

  function sumsOf(endpoint: string): Sum[] | undefined {
    const known = byEndpoint.get(endpoint);
    if (known !== undefined || byEndpoint.size >= MAX_ENDPOINTS) return known;
    const fresh: Sum[] = [];
    byEndpoint.set(endpoint, fresh);
    return fresh;
  }

  return {
    add: (endpoint, header) => {
      const sums = sumsOf(endpoint);
      if (sums !== undefined) eachEntry(header, (from, to, ms) => addTo(sums, header, from, to, ms));
    },
    take: (toMs) => {
      const span = { fromMs, toMs, timings: timingsIn(byEndpoint) };
      fromMs = toMs;
      byEndpoint = new Map();
      return span.timings.length === 0 ? undefined : span;
    },
  };
}

function timingsIn(byEndpoint: ReadonlyMap<string, readonly Sum[]>): ServerTiming[] {
  return [...byEndpoint].flatMap(([endpoint, sums]) => sums.map((sum) => ({ endpoint, ...sum })));
}

/** Names come in the same order each time, and there are few: looking through them is faster than a map of new texts. */
function addTo(sums: Sum[], header: string, from: number, to: number, ms: number): void {
  for (const sum of sums) {
    if (sum.name.length !== to - from || !header.startsWith(sum.name, from)) continue;
    sum.count += 1;
    sum.sumMs += ms;
    sum.maxMs = Math.max(sum.maxMs, ms);
    return;
  }
  if (sums.length < MAX_NAMES) sums.push({ name: header.slice(from, to), count: 1, sumMs: ms, maxMs: ms });
}

/** Calls with the place of each name, and its time. */
function eachEntry(header: string, entry: (from: number, to: number, ms: number) => void): void {
  let at = 0;
  while (at < header.length) {
    while (header.charCodeAt(at) === SPACE || header.charCodeAt(at) === COMMA) at += 1;
    const end = findUnquoted(header, COMMA, at, header.length);
    const to = endOfName(header, at, end);
    const ms = to < end ? durationIn(header, to, end) : Number.NaN;
    if (to > at && ms >= 0 && ms < Infinity) entry(at, to, ms);
    at = end + 1;
  }
}

/** The place of a character that does not stand in quotes, as those of a description do; `end` if there is none before it. */
function findUnquoted(header: string, wanted: number, from: number, end: number): number {
  let isQuoted = false;
  for (let at = from; at < end; at += 1) {
    const code = header.charCodeAt(at);
    if (code === QUOTE) isQuoted = !isQuoted;
    else if (code === wanted && !isQuoted) return at;
  }
  return end;
}

function endOfName(header: string, from: number, end: number): number {
  let at = from;
  while (at < end && header.charCodeAt(at) !== SEMICOLON && header.charCodeAt(at) !== SPACE) at += 1;
  return at;
}

/** NaN: the entry has none. */
function durationIn(header: string, from: number, end: number): number {
  for (let at = findUnquoted(header, SEMICOLON, from, end); at < end; ) {
    const stop = findUnquoted(header, SEMICOLON, at + 1, end);
    const equals = findUnquoted(header, EQUALS, at + 1, stop);
    if (
      equals < stop &&
      header
        .slice(at + 1, equals)
        .trim()
        .toLowerCase() === 'dur'
    ) {
      const text = header
        .slice(equals + 1, stop)
        .trim()
        .replaceAll('"', '');
      return text === '' ? Number.NaN : Number(text);
    }
    at = stop;
  }
  return Number.NaN;
}
