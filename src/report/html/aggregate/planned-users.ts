import type { RunRecord } from '../../../record/index.ts';
import type { StepSeries } from '../shared/report-data.ts';
import type { Axis } from './axis.ts';

/** Virtual users per second as the phases plan them: constant, or rising in a straight line to `rampTo`. */
export function plannedUsers({ phases }: RunRecord, { bins, binMs, phases: spans }: Axis): StepSeries {
  const values: (number | null)[] = Array.from({ length: bins }, () => null);
  phases.forEach(({ plan, plannedUsers: users }, index) => {
    const span = spans[index];
    if (span === undefined || span.toMs <= span.fromMs) return;
    const mean = users / ((span.toMs - span.fromMs) / 1000);
    for (let bin = Math.round(span.fromMs / binMs); bin < Math.min(bins, Math.round(span.toMs / binMs)); bin += 1) {
      const progress = ((bin + 0.5) * binMs - span.fromMs) / (span.toMs - span.fromMs);
      values[bin] = Math.max(0, mean * shapeAt(plan, Math.min(1, Math.max(0, progress))));
    }
  });
  return { fromMs: 0, stepMs: binMs, values };
}

/** The rate at a point of the phase, 0 to 1, as a multiple of its mean. */
function shapeAt(plan: Readonly<Record<string, unknown>>, progress: number): number {
  const [from, to] = [Number(plan.arrivalRate ?? 0), Number(plan.rampTo ?? plan.arrivalRate)];
  const mean = (from + to) / 2;
  return Number.isFinite(mean) && mean > 0 ? (from + (to - from) * progress) / mean : 1;
}
