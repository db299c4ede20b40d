/** A phase of a test as Artillery reads it. */
export type PhaseEntry = Readonly<Record<string, unknown>>;

/** The phases of a block, and how long each part of it takes. */
export interface BlockPhases {
  /** The warm-up first, where there is one. */
  readonly phases: readonly PhaseEntry[];
  readonly warmUpSec: number;
  /** Without the warm-up: as asked for, or a second for each phase where those are more. */
  readonly durationSec: number;
}

/** A phase with its length, which the test may say in words. */
export interface TimedPhase {
  readonly raw: PhaseEntry;
  /** Above 0. */
  readonly seconds: number;
}

/**
 * Shortens the phases of a test to one block: the same shape, rates and mixes in less time. Every phase keeps its share, in whole seconds
 * and at least one. Before them comes a warm-up with the load that the first phase begins with; nothing of it is counted.
 *
 * @param blockSec whole seconds, at least 1.
 * @param warmUpSec whole seconds; 0: none.
 *
 * @example blockPhases([{ raw: { duration: 60, arrivalRate: 2 }, seconds: 60 }], 10, 3).phases
 * // [{ name: 'Warm-up', duration: 3, arrivalRate: 2 }, { duration: 10, arrivalRate: 2 }]
 */
export function blockPhases(test: readonly TimedPhase[], blockSec: number, warmUpSec: number): BlockPhases {
  const lengths = wholeShares(
    test.map(({ seconds }) => seconds),
    blockSec,
  );
  const measured = test.map((phase, index) => shortened(phase, lengths[index] ?? 1));
  const first = test.find(({ raw }) => raw.pause === undefined);
  const warmUp = warmUpSec > 0 && first !== undefined ? [warmUpPhase(first, warmUpSec)] : [];
  return {
    phases: [...warmUp, ...measured],
    warmUpSec: warmUp.length > 0 ? warmUpSec : 0,
    durationSec: lengths.reduce((sum, length) => sum + length, 0),
  };
}

/** Largest remainders, so that the parts add up; whoever would get nothing gets one second. */
function wholeShares(seconds: readonly number[], total: number): number[] {
  if (seconds.length >= total) return seconds.map(() => 1);
  const all = seconds.reduce((sum, each) => sum + each, 0);
  // One second each is given beforehand; the rest is shared by what is wanted beyond it.
  const wanted = seconds.map((each) => Math.max(0, (each / all) * total - 1));
  const open = wanted.reduce((sum, each) => sum + each, 0);
  const rest = total - seconds.length;
  const exact = wanted.map((each) => (open === 0 ? rest / seconds.length : (each / open) * rest));
  const lengths = exact.map((each) => 1 + Math.floor(each));
  const left = total - lengths.reduce((sum, each) => sum + each, 0);
  const byRemainder = exact
    .map((each, index) => ({ index, remainder: each - Math.floor(each) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, left)) lengths[index] = (lengths[index] ?? 0) + 1;
  return lengths;
}

function shortened({ raw, seconds }: TimedPhase, length: number): PhaseEntry {
  if (raw.pause !== undefined) return { ...raw, pause: length };
  const count = Number(raw.arrivalCount);
  return {
    ...raw,
    duration: length,
    ...(count > 0 ? { arrivalCount: Math.max(1, Math.round((count * length) / seconds)) } : {}),
  };
}

function warmUpPhase({ raw, seconds }: TimedPhase, warmUpSec: number): PhaseEntry {
  const { rampTo: _ramp, arrivalCount, ...rest } = raw;
  const perSec = arrivalCount === undefined ? raw.arrivalRate : Number(arrivalCount) / seconds;
  // A ramp from nothing would warm nothing up.
  const rate = Number(perSec ?? 0) > 0 ? perSec : raw.rampTo;
  return { ...rest, name: 'Warm-up', duration: warmUpSec, arrivalRate: rate };
}
