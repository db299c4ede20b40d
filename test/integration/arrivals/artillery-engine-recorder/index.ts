import { appendFileSync } from 'node:fs';
import { createAlarm } from '../../../../plugins/artillery-engine-undici/arrivals/alarm.ts';
import { takeOverArrivals } from '../../../../plugins/artillery-engine-undici/arrivals/take-over.ts';
import type { RecordedUser } from '../recorded-user.ts';

interface Context {
  readonly vars: Readonly<Record<string, unknown>>;
}

type Done = (error: unknown, context: Context) => void;

interface Spec {
  readonly name: string;
  readonly flow: readonly { readonly think?: number }[];
}

/** An engine that sends nothing: it writes down who arrives when, and lets them think. */
// biome-ignore lint/style/noDefaultExport: Artillery takes an engine by its default export
export default class RecorderEngine {
  readonly #arrivals;
  readonly #alarm = createAlarm();

  constructor(script: { config: object; scenarios: unknown }, events: object) {
    this.#arrivals = takeOverArrivals(script, events, this.#alarm);
  }

  createScenario({ name, flow }: Spec, events: { emit(event: 'started'): unknown }): unknown {
    const thinkMs = flow.reduce((sum, { think = 0 }) => sum + think, 0) * 1000;
    return (context: Context, done: Done): void => {
      const now = performance.now();
      const arrival = this.#arrivals.current();
      if (arrival === undefined) throw new Error('a user was started, and it is not known by which arrival');
      const { number, phaseIndex, dueAt } = arrival;
      record({
        number,
        phaseIndex,
        phaseName: this.#arrivals.phaseNameAt(dueAt),
        dueAtMs: performance.timeOrigin + dueAt,
        lateMs: now - dueAt,
        journey: name,
        row: context.vars.row,
        any: context.vars.any,
        worker: Number(process.env.LOCAL_WORKER_ID),
      });
      events.emit('started');
      this.#alarm.at(now + thinkMs, () => done(null, context));
    };
  }
}

/** At once: Artillery ends its workers without a word. */
function record(user: RecordedUser): void {
  appendFileSync(process.env.RECORDED_USERS ?? '', `${JSON.stringify(user)}\n`);
}
