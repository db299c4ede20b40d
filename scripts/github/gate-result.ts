import { lstatSync, readFileSync } from 'node:fs';
import { type Position, systemErrorCode, UserFault } from '../../src/errors.ts';
import { JsonReader } from './json-reader.ts';

const ANSWERS = ['regressed', 'improved', 'unchanged', 'inconclusive'] as const;
const METRICS = ['p50', 'p95', 'p99', 'mean', 'error rate', 'throughput'] as const;
const KINDS = ['all requests', 'endpoint', 'journey', 'custom metric'] as const;

/** What the gate answers about two versions. */
export type GateAnswer = (typeof ANSWERS)[number];

/** Of what something was measured. */
export interface GateTarget {
  readonly kind: (typeof KINDS)[number];
  readonly name: string;
}

/** One line of the comparison. Changes and margins are shares; of error rates differences. */
export interface GateRow {
  readonly target: GateTarget;
  readonly metric: (typeof METRICS)[number];
  readonly isGating: boolean;
  readonly mustConclude: boolean;
  readonly margin: number;
  readonly baseline: number;
  readonly candidate: number;
  readonly change: number;
  /** undefined: infinite. */
  readonly interval: { readonly low: number | undefined; readonly high: number | undefined };
  readonly answer: GateAnswer;
}

/** Where a margin stands in the test; without a target it is the margin of all of them. */
export interface MarginPosition {
  readonly target: GateTarget | undefined;
  readonly metric: GateRow['metric'];
  readonly position: Position;
}

/** What the scripts need to know of `gate.json`. */
export interface GateResult {
  readonly test: { readonly name: string; readonly file: string };
  readonly baseline: string;
  readonly candidate: string;
  readonly answer: GateAnswer;
  readonly reason: string;
  readonly exitCode: number;
  readonly replay: string;
  readonly health: { readonly pairs: number; readonly kept: number; readonly dropped: number };
  /** More pairs dropped than this say nothing, 0–1. */
  readonly maxDroppedShare: number;
  /** Endpoints that are to blame; empty: none is named. */
  readonly culprits: readonly string[];
  readonly rows: readonly GateRow[];
  readonly marginPositions: readonly MarginPosition[];
}

/** A comparison of hundreds of endpoints takes a tenth of it. */
const MOST_BYTES = 64 * 2 ** 20;
const MOST_ROWS = 20_000;

/**
 * Reads `gate.json`. It may come from a stranger's pull request: nothing is believed that is not checked, and a link in its place is not
 * followed.
 *
 * @returns undefined where there is no file.
 * @throws UserFault `run-unreadable`, `run-shape`.
 */
export function readGateResult(file: string): GateResult | undefined {
  const text = readPlainFile(file);
  if (text === undefined) return undefined;
  try {
    return gateResultOf(JSON.parse(text));
  } catch (cause) {
    if (cause instanceof UserFault) throw cause;
    throw new UserFault('run-shape', 'gate.json: is no JSON', { cause });
  }
}

function readPlainFile(file: string): string | undefined {
  try {
    const status = lstatSync(file);
    if (!status.isFile() || status.size > MOST_BYTES) {
      throw new UserFault('run-unreadable', `${file} is no plain file of at most ${MOST_BYTES / 2 ** 20} MB`);
    }
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    if (systemErrorCode(thrown) === 'ENOENT') return undefined;
    throw thrown;
  }
}

/** The same for JSON that is already there. */
export function gateResultOf(json: unknown): GateResult {
  const root = new JsonReader(json, 'gate.json');
  root.at('schema').oneOf(['proving-ground/gate']);
  root.at('version').oneOf([1]);
  const health = root.at('health');
  return {
    test: { name: root.at('test').at('name').text, file: root.at('test').at('file').text },
    baseline: root.at('baseline').at('label').text,
    candidate: root.at('candidate').at('label').text,
    answer: root.at('answer').oneOf(ANSWERS),
    reason: root.at('reason').text,
    exitCode: root.at('exitCode').number,
    replay: root.at('replay').text,
    health: { pairs: health.at('pairs').number, kept: health.at('kept').number, dropped: health.at('dropped').number },
    maxDroppedShare: root.at('policy').at('maxDroppedShare').number,
    culprits: culpritsOf(root.at('culprit')),
    rows: root.at('rows').list.slice(0, MOST_ROWS).map(rowOf),
    marginPositions: root.at('marginPositions').list.slice(0, MOST_ROWS).map(marginPositionOf),
  };
}

function culpritsOf(culprit: JsonReader): string[] {
  if (!culprit.isThere || culprit.at('kind').text !== 'named') return [];
  return culprit.at('culprits').list.map((each) => targetOf(each.at('target')).name);
}

function rowOf(row: JsonReader): GateRow {
  const interval = row.at('interval');
  return {
    target: targetOf(row.at('target')),
    metric: row.at('metric').oneOf(METRICS),
    isGating: row.at('isGating').flag,
    mustConclude: row.at('mustConclude').flag,
    margin: row.at('margin').number,
    baseline: row.at('baseline').number,
    candidate: row.at('candidate').number,
    change: row.at('change').number,
    interval: { low: interval.at('low').numberOrInfinite, high: interval.at('high').numberOrInfinite },
    answer: row.at('answer').at('kind').oneOf(ANSWERS),
  };
}

function targetOf(target: JsonReader): GateTarget {
  return { kind: target.at('kind').oneOf(KINDS), name: target.at('name').text };
}

function marginPositionOf(entry: JsonReader): MarginPosition {
  const target = entry.at('target');
  return {
    target: target.isThere ? targetOf(target) : undefined,
    metric: entry.at('metric').oneOf(METRICS),
    position: positionOf(entry.at('position').text),
  };
}

function positionOf(text: string): Position {
  const [, file, line, column] = /^(.+):(\d{1,9}):(\d{1,9})$/.exec(text) ?? [];
  if (file === undefined) throw new UserFault('run-shape', 'gate.json: a position is expected to be file:line:column');
  return { file, line: Number(line), column: Number(column) };
}
