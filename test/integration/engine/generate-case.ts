import { createRandom, type Random } from '../../../src/stats/random.ts';
import type { EngineCase, Spec } from './engine-case.ts';
import { generateRequest } from './generate-request.ts';
import type { Place } from './place.ts';

const LONGEST_FLOW = 5;
const DEEPEST = 3;

/** Makes a test of random nested steps. The same seed gives the same test. */
export function generateCase(seed: string): EngineCase {
  const random = createRandom(`engine case ${seed}`);
  let names = 0;
  const place: Place = {
    random,
    known: ['user', 'id', 'list', 'place.city'],
    fresh: () => `v${++names}`,
    isParallel: false,
    depth: 0,
  };
  const scenario = generateScenario(random);
  const flow = generateSteps(place);
  const isUnordered = JSON.stringify(flow).includes('"parallel"');
  return {
    claim: `generated ${seed}`,
    flow,
    scenario,
    config: generateConfig(random, isUnordered),
    users: generateUsers(random),
    patienceMs: 1_000,
    ...(isUnordered ? { unordered: true as const } : {}),
  };
}

function generateSteps(place: Place): Spec[] {
  const length = place.random.integer(1, LONGEST_FLOW - place.depth);
  return Array.from({ length }, () => generateStep(place));
}

function generateStep(place: Place): Spec {
  const { random, depth } = place;
  if (depth < DEEPEST && random.chance(0.15)) return generateLoop(place);
  if (depth < DEEPEST && !place.isParallel && random.chance(0.08)) return generateParallel(place);
  if (random.chance(0.2)) return generateSmallStep(place);
  return generateRequest(place);
}

function generateLoop(place: Place): Spec {
  const { random, fresh } = place;
  const [loopValue, loopElement] = [fresh(), fresh()];
  const inside = { ...place, known: [...place.known, loopValue, loopElement], depth: place.depth + 1 };
  const named = place.isParallel || random.chance(0.5) ? { loopValue, loopElement } : {};
  const steps = { loop: generateSteps(inside), ...named };
  const kinds: readonly Spec[] = [
    { count: random.integer(1, 3) },
    { count: `${random.integer(0, 2)}-${random.integer(3, 4)}` },
    { count: '{{ id }}' },
    { over: ['a', '{{ user }}', 3].slice(0, random.integer(0, 3)) },
    { over: [{ id: 1, name: 'x' }, { id: 2 }] },
    { over: 'list' },
    { over: 'missing' },
  ];
  return { ...steps, ...random.pick(kinds) };
}

function generateParallel(place: Place): Spec {
  const inside = { ...place, isParallel: true, depth: place.depth + 1 };
  const branches = Array.from({ length: place.random.integer(1, 4) }, () => generateStep(inside));
  return { parallel: branches, ...(place.random.chance(0.5) ? { limit: place.random.integer(1, 3) } : {}) };
}

function generateSmallStep({ random, isParallel }: Place): Spec {
  const steps: readonly Spec[] = [
    { think: random.pick([0, '1ms', '2 ms', '0.002s', '3ms']) },
    { think: '2ms', jitter: '1ms' },
    { log: 'user {{ user }} of {{ place.city }} with {{ missing }}' },
    { function: 'logStep' },
    { function: 'logStepAsync' },
    { function: 'emitInStep' },
    { function: 'nowhere' },
    ...(isParallel ? [] : [{ function: 'nameUser' }, { function: 'setList' }]),
  ];
  // A user that has failed does nothing more, so failures have to be rare.
  if (!isParallel && random.chance(0.06)) return { function: random.pick(['fail', 'failRejecting', 'failWithCode']) };
  return random.pick(steps);
}

function generateScenario(random: Random): Spec {
  const some = (hooks: readonly string[]): Spec => ({ hook: random.chance(0.5) ? random.pick(hooks) : [...hooks] });
  const hooks: Readonly<Record<string, readonly string[]>> = {
    beforeScenario: ['logStep', 'logStepAsync'],
    afterScenario: ['logStepAsync', 'logStep'],
    beforeRequest: ['logRequest', 'logRequestAsync'],
    afterResponse: ['logResponse', 'logResponseAsync'],
    onError: ['logError', 'logErrorAgain'],
  };
  return Object.fromEntries(
    Object.entries(hooks)
      .filter(() => random.chance(0.4))
      .map(([name, functions]) => [name, some(functions).hook]),
  );
}

function generateConfig(random: Random, isUnordered: boolean): Spec {
  const http: Spec = {
    ...(random.chance(0.3) ? { pool: random.integer(1, 3) } : {}),
    ...(random.chance(0.2) ? { extendedMetrics: true } : {}),
    ...(random.chance(0.15) ? { distributedTracing: true } : {}),
    ...(random.chance(0.2) ? { timeout: 5 } : {}),
    ...(random.chance(0.4) ? { defaults: generateDefaults(random, isUnordered) } : {}),
  };
  return Object.keys(http).length === 0 ? {} : { http };
}

function generateDefaults(random: Random, isUnordered: boolean): Spec {
  return {
    ...(random.chance(0.5) ? { headers: { 'X-Default': 'of {{ user }}', 'x-other': 'default' } } : {}),
    // Each request puts it into the jar for its own path; which of them is first is left to chance.
    ...(random.chance(isUnordered ? 0 : 0.3) ? { cookie: { default: '{{ id }}' } } : {}),
    ...(random.chance(0.3) ? { strictCapture: false } : {}),
    ...(random.chance(0.3) ? { think: { jitter: '1ms' } } : {}),
  };
}

function generateUsers(random: Random): Spec[] {
  const people: readonly Spec[] = [
    { user: 'ann', id: 2, list: ['x', 'y'], place: { city: 'Köln' } },
    { user: 'bob&co', id: 3, list: [], place: { city: 'New York' } },
    { user: '', id: 1, list: [{ id: 1 }], place: {} },
  ];
  return people.slice(0, random.integer(1, people.length));
}
