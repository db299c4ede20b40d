import type { HttpResponse, RequestParams, VUContext, VUEvents } from '../artillery-types.ts';

// What the tests of hooks stand on: contexts and events as Artillery hands them out, without Artillery.

// Without it every test file would draw, and announce, a seed of its own.
process.env.SEED ??= 'tests';

/** Events that remember what was emitted. */
export interface RecordedEvents extends VUEvents {
  /** Counters by name, summed. */
  readonly counters: Map<string, number>;
  /** Samples of histograms by name, in order. */
  readonly samples: Map<string, number[]>;
}

/** Events that remember what was emitted. */
export function recordEvents(): RecordedEvents {
  const counters = new Map<string, number>();
  const samples = new Map<string, number[]>();
  return {
    counters,
    samples,
    emit(type: string, name: string, value = 1) {
      if (type === 'counter') counters.set(name, (counters.get(name) ?? 0) + value);
      if (type === 'histogram') samples.set(name, [...(samples.get(name) ?? []), value]);
    },
  };
}

/** Names of the counters that Artillery would show as errors. */
export function errorsIn({ counters }: RecordedEvents): string[] {
  return [...counters.keys()].filter((name) => name.startsWith('errors.'));
}

/** The context of a user that has just arrived. */
export function arrive(journey: string, vars: Record<string, unknown> = {}): VUContext {
  return {
    vars: { target: 'http://platform.test', $testId: 'test', ...DATA, ...vars },
    scenario: { name: journey, flow: [] },
  };
}

/** Rows as Artillery reads them from CSV: all text. Lists are shared, as they are there. */
const DATA = {
  users: [
    { username: 'ana', password: 'secret-1', role: 'analyst' },
    { username: 'ben', password: 'secret-2', role: 'lead' },
    { username: 'cleo', password: 'secret-3', role: 'admin' },
    { username: 'dora', password: 'secret-4', role: 'analyst' },
  ],
  searchTerms: [
    { term: 'firewall', weight: '100', kind: 'word' },
    { term: 'beacon', weight: '50', kind: 'word' },
    { term: 'emotet', weight: '33', kind: 'family' },
    { term: 'remote access', weight: '10', kind: 'phrase' },
    { term: '198.51.100.7', weight: '10', kind: 'ip' },
    { term: 'CVE-2024-0001', weight: '5', kind: 'cve' },
  ],
  indicators: [
    { value: '198.51.100.7', kind: 'ip', score: '95' },
    { value: 'calm.example', kind: 'domain', score: '12' },
  ],
};

/** A request as a hook sees it. */
export function requestTo(url: string, more: RequestParams = {}): RequestParams {
  return { name: 'Request', method: 'GET', url, headers: {}, ...more };
}

/** A response as a hook sees it; a body that is no text becomes JSON. */
export function respond(statusCode: number, body: unknown = '', headers: Record<string, string> = {}): HttpResponse {
  return { statusCode, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

/** What a function for `whileTrue` answers. */
export function goesOn(hook: (context: VUContext, done: (goOn: boolean) => void) => void, context: VUContext): boolean {
  const answers: boolean[] = [];
  hook(context, (goOn) => answers.push(goOn));
  const [answer] = answers;
  if (answer === undefined || answers.length > 1) throw new Error(`${hook.name} answered ${answers.length} times`);
  return answer;
}
