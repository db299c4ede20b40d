import { errorKind } from 'proving-ground/record/error-examples.ts';
import { answerCollect, answerEnd } from 'proving-ground/record/live-events.ts';
import { createRandom } from 'proving-ground/stats/random.ts';
import { createAlarm } from './arrivals/alarm.ts';
import { type Arrivals, takeOverArrivals } from './arrivals/take-over.ts';
import { ALL_TIME } from './arrivals/turns.ts';
import {
  type ArtilleryGlobal,
  artilleryGlobal,
  type EngineConfig,
  type EngineEvents,
  type RunnerScript,
  type ScenarioSpec,
  type UserContext,
} from './artillery.ts';
import { compileScenario } from './journey/compile.ts';
import type { Resources } from './journey/resources.ts';
import { type Program, Strand } from './journey/strand.ts';
import { User } from './journey/user.ts';
import { endpointMetrics } from './meter/endpoint-metrics.ts';
import { Meter } from './meter/meter.ts';
import { feedMetricStore } from './meter/metric-store.ts';
import { connectionSettings } from './transport/connection-settings.ts';
import { Network } from './transport/network.ts';
import { AddressBook } from './transport/wire-request.ts';

/** Called when a user has finished: with what ended the journey early, or null, and the user's state. */
type UserDone = (error: unknown, context: UserContext) => void;

/** A compiled scenario, as Artillery's runner calls it. Without a callback it returns a promise of the state. */
export type RunUser = (context: UserContext, done?: UserDone) => Promise<UserContext> | undefined;

/** An HTTP engine for Artillery that speaks the language of the built-in one; docs/engine.md. */
export class UndiciEngine {
  readonly #script: RunnerScript;
  readonly #meter: Meter;
  readonly #network: Network;
  readonly #addresses = new AddressBook();
  readonly #alarm = createAlarm();
  readonly #arrivals: Arrivals | undefined;
  /** Draws of users who belong to no arrival: in `before` and `after`, and in tests. */
  readonly #random = Math.random;
  readonly #users = userRandom(process.env.SEED);

  /**
   * @param script what the runner runs; in a worker its phases and weights are taken over.
   * @param runnerEvents where the runner announces phases; in the main process, where `before` and `after` run, of no use.
   */
  constructor(script: RunnerScript, runnerEvents: EngineEvents) {
    this.#script = script;
    const { config } = script;
    const artillery = artilleryGlobal();
    const worker = process.env.LOCAL_WORKER_ID;
    this.#arrivals = worker === undefined ? undefined : takeOverArrivals(script, runnerEvents, this.#alarm);
    this.#meter = new Meter({
      worker: workerNumber(config),
      isCollected: worker === undefined || config.plugins?.verdict !== undefined,
      extended: config.http?.extendedMetrics === true || artillery?.runtimeOptions?.extendedHTTPMetrics === true,
      phaseNameAt: (time) => this.#arrivals?.phaseNameAt(time),
    });
    this.#network = new Network(connectionSettings(config, process.env), poolSize(config));
    if (worker !== undefined && artillery !== undefined) {
      reportTo(artillery, this.#meter);
      endWith(artillery, () => this.close());
    }
  }

  /** What was measured since the last call; for tests, and for whoever uses the engine outside a worker. */
  collect(): ReturnType<Meter['collect']> {
    return this.#meter.collect();
  }

  /** Ends the load, and the thread of its clock: what has not been sent yet never is. */
  close(): void {
    this.#alarm.close();
    this.#network.halt();
  }

  /** @param events where the metrics of the runner, of hooks and of processors go. */
  createScenario(spec: ScenarioSpec, events: EngineEvents): RunUser {
    const { config } = this.#script;
    const resources: Resources = {
      config,
      network: this.#network,
      addresses: this.#addresses,
      meter: this.#meter,
      endpoints: endpointMetrics(config),
      alarm: this.#alarm,
      turns: this.#arrivals?.turns ?? ALL_TIME,
      events,
    };
    const program = compileScenario(spec, resources);
    return (context, done) => {
      if (done !== undefined) {
        this.#run(context, program, resources, done);
        return undefined;
      }
      const { promise, resolve, reject } = Promise.withResolvers<UserContext>();
      this.#run(context, program, resources, (error, final) => (error === null ? resolve(final) : reject(error)));
      return promise;
    };
  }

  #run(context: UserContext, program: Program, resources: Resources, done: UserDone): void {
    const arrival = this.#arrivals?.current();
    const random = arrival === undefined ? this.#random : this.#users(arrival.number);
    const user = new User(context, resources, random);
    // Artillery's own engine counts them; a plugin may look.
    context._successCount = 0;
    resources.events.emit('started');
    const strand = new Strand(user, program, arrival?.dueAt ?? performance.now(), (error) => {
      user.leave();
      if (error === undefined) done(null, context);
      else {
        this.#meter.lost(error, context.scenario?.name);
        resources.events.emit('error', errorKind(error));
        done(error, context);
      }
    });
    strand.run();
  }
}

/** Each user has random numbers of its own, from the seed: whoever comes in between changes nothing. */
function userRandom(seed: string | undefined): (arrival: number) => () => number {
  if (seed === undefined) return () => Math.random;
  return (arrival) => {
    let next: (() => number) | undefined;
    // Most journeys never draw, and a hash per user is dear.
    return () => {
      const draw = next ?? createRandom(`user ${arrival} ${seed}`).next;
      next = draw;
      return draw();
    };
  };
}

function reportTo({ globalEvents, __SSMS }: ArtilleryGlobal, meter: Meter): void {
  if (__SSMS !== undefined) feedMetricStore(__SSMS.prototype, () => meter.takeForStore());
  if (globalEvents !== undefined) answerCollect(globalEvents, () => meter.collect());
}

function endWith({ globalEvents }: ArtilleryGlobal, end: () => void): void {
  if (globalEvents !== undefined) answerEnd(globalEvents, end);
}

function poolSize({ http }: EngineConfig): number | undefined {
  const size = Number(http?.pool);
  return http?.pool === undefined || !(size >= 1) ? undefined : Math.floor(size);
}

/** Artillery numbers its workers in the phases that it deals out to them, from 1. */
function workerNumber(config: EngineConfig): number {
  const phases: unknown = (config as { readonly phases?: unknown }).phases;
  const first: unknown = Array.isArray(phases) ? phases[0] : undefined;
  return typeof first === 'object' && first !== null && 'worker' in first ? Number(first.worker) : 1;
}
