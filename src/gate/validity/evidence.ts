import type { GeneratorSecond, MachineSecond, MetricSet } from '../../record/index.ts';
import type { TurnLengths } from '../../workload/schedule/index.ts';

/** `config.plugins.verdict.validity`. */
export interface ValidityOptions {
  /** From how many milliseconds on something counts as late; undefined: the test does not say. */
  readonly maxSendLag?: number | undefined;
  /** false: judged and shown, without changing the verdict. */
  readonly enforce: boolean;
}

/** A phase of a run, as planned and as it went. Times are milliseconds since the epoch. */
export interface ValidityPhase {
  readonly name: string;
  readonly startedAt: number;
  /** Undefined: the run ended inside the phase. */
  readonly endedAt: number | undefined;
  /** The phase as the test says it. */
  readonly plan: Readonly<Record<string, unknown>>;
  /** Virtual users that the plan starts in it. */
  readonly plannedUsers: number;
  readonly metrics: MetricSet;
}

/** Everything that tells whether a generator kept up. */
export interface Evidence {
  readonly phases: readonly ValidityPhase[];
  /** Of the whole run. */
  readonly metrics: MetricSet;
  readonly generator: readonly GeneratorSecond[];
  readonly machine: readonly MachineSecond[];
  readonly options: ValidityOptions;
  /** Of a run that shares the time with another one, whose phases take longer than planned. */
  readonly turns?: TurnLengths | undefined;
}

/** A part of a run that is judged by itself. */
export interface Span {
  /** As it is named in a sentence: `"Incident burst"`, or `the run`. */
  readonly name: string;
  /** Seconds since the first phase began. */
  readonly from: number;
  readonly to: number;
  readonly metrics: MetricSet;
}

/** Seconds since the first phase began. */
export function secondsIntoRun({ phases }: Evidence, epochMs: number): number {
  return (epochMs - (phases[0]?.startedAt ?? epochMs)) / 1000;
}

/** When the last thing was heard of, or the last phase ended; seconds since the first phase began. */
export function endOfRun(evidence: Evidence): number {
  const heard = evidence.generator.map(({ at, spanMs }) => at + spanMs / 1000);
  const ended = evidence.phases.map(({ endedAt }) => (endedAt === undefined ? 0 : secondsIntoRun(evidence, endedAt)));
  return Math.max(
    0,
    ...ended,
    heard.reduce((latest, each) => Math.max(latest, each), 0),
  );
}

/** The run as a whole, with the time in which its last users finish. */
export function wholeRun(evidence: Evidence): Span {
  return { name: 'the run', from: 0, to: endOfRun(evidence), metrics: evidence.metrics };
}

/** Every phase that lasted. */
export function phaseSpans(evidence: Evidence): Span[] {
  const end = endOfRun(evidence);
  return evidence.phases
    .map(({ name, startedAt, endedAt, metrics }) => ({
      name: `"${name}"`,
      from: secondsIntoRun(evidence, startedAt),
      to: endedAt === undefined ? end : secondsIntoRun(evidence, endedAt),
      metrics,
    }))
    .filter(({ from, to }) => to > from);
}

/** The numbers of the workers that were heard of. */
export function workersIn({ generator }: Evidence): number[] {
  return [...new Set(generator.map(({ worker }) => worker))];
}

/** What all workers said about a span. A second belongs to where its middle lies. */
export function secondsIn({ generator }: Pick<Evidence, 'generator'>, { from, to }: Span): GeneratorSecond[] {
  return generator.filter(({ at, spanMs }) => {
    const middle = at + spanMs / 2000;
    return middle >= from && middle <= to;
  });
}

/** What one worker said about a span. */
export function secondsOfWorker(evidence: Evidence, worker: number, span: Span): GeneratorSecond[] {
  return secondsIn(evidence, span).filter((second) => second.worker === worker);
}
