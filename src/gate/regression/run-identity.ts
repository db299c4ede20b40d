import type { RunRecord } from '../../record/index.ts';
import { canonicalText, contentHash } from '../../workload/content-hash.ts';
import type { RunIdentity } from './comparability.ts';

/** Keys of a phase that say something else than how much load it puts on. */
const NOT_LOAD = new Set(['name', 'mix']);

/**
 * What a stored run has to have in common with another to be compared. `testHash` is of what makes requests: the hash of the
 * journeys that `run.json` holds, variables, settings of HTTP, and which files of data were read. A run from before that hash
 * was kept differs from one with it: nobody knows whether its journeys were the same.
 */
export function identityOf(record: RunRecord): RunIdentity {
  const { test, phases, environment, seed, samples, validity } = record;
  const [system = ''] = environment.platform.split('\n');
  return {
    test: test.environment === undefined ? test.name : `${test.name} in ${test.environment}`,
    testHash: contentHash({ journeys: test.journeysHash, ...requestSettings(record.configuration) }),
    mix: phases.map(({ name, plan }) => `${name}: ${canonicalText(plan.mix ?? 'weights')}`).join('; '),
    load: phases.map(({ name, plan }) => `${name}: ${canonicalText(withoutKeys(plan, NOT_LOAD))}`).join('; '),
    engine: samples === undefined ? 'without samples' : 'with samples',
    seedPolicy: { kind: 'fixed', seed },
    machine: {
      processor: environment.cpuModel,
      cores: environment.cpus,
      memoryMb: Math.round(environment.memoryBytes / 2 ** 20),
      system,
    },
    runtime: environment.node.split('.').slice(0, 2).join('.'),
    ...(validity === undefined ? {} : { validity: validity.outcome === 'not valid' ? 'not valid' : 'valid' }),
  };
}

function requestSettings({ variables, http, payload }: RunRecord['configuration']): Record<string, unknown> {
  const files = Array.isArray(payload) ? payload : payload === undefined ? [] : [payload];
  // The folder differs from machine to machine; the file is the same.
  const data = files.map((file: unknown) =>
    typeof file === 'object' && file !== null && 'path' in file
      ? { ...file, path: String(file.path).replace(/^.*[/\\]/, '') }
      : file,
  );
  return { variables, http, data };
}

function withoutKeys(value: Readonly<Record<string, unknown>>, keys: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.has(key)));
}
