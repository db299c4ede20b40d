import type { RunRecord } from '../../../record/index.ts';
import type { StepSeries } from '../shared/report-data.ts';
import type { Axis } from './axis.ts';

const STEP_MS = 1000;

/** Virtual users per second as the phases plan them, for each second: constant, or in a straight line to `rampTo`. */
export function plannedUsers({ phases }: RunRecord, { bins, binMs, phases: spans }: Axis): StepSeries {
  const seconds = (bins * binMs) / STEP_MS;
  const values: (number | null)[] = Array.from({ length: seconds }, () => null);
  phases.forEach(({ plan, plannedUsers: users }, index) => {
    const span = spans[index];
    if (span === undefined || span.toMs <= span.fromMs) return;
    const mean = users / ((span.toMs - span.fromMs) / 1000);
    const last = Math.min(seconds, Math.round(span.toMs / STEP_MS));
    for (let second = Math.round(span.fromMs / STEP_MS); second < last; second += 1) {
      const progress = ((second + 0.5) * STEP_MS - span.fromMs) / (span.toMs - span.fromMs);
      values[second] = Math.max(0, mean * shapeAt(plan, Math.min(1, Math.max(0, progress))));
    }
  });
  return { fromMs: 0, stepMs: STEP_MS, values };
}

/** The rate at a point of the phase, 0 to 1, as a multiple of its mean. */
function shapeAt(plan: Readonly<Record<string, unknown>>, progress: number): number {
  const [from, to] = [Number(plan.arrivalRate ?? 0), Number(plan.rampTo ?? plan.arrivalRate)];
  const mean = (from + to) / 2;
  return Number.isFinite(mean) && mean > 0 ? (from + (to - from) * progress) / mean : 1;
}
