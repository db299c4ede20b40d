import type { CapacityRecord } from '../../gate/capacity/index.ts';
import { junitDocument, type TestCase } from '../machine/index.ts';
import { capacityFacts } from './capacity-lines.ts';

/** A search for a build server: one test case, which holds the answer. */
export function capacityJunit(record: CapacityRecord): string {
  const { test, startedAt, endedAt, seed, system, estimate } = record;
  return junitDocument({
    name: `${test.name}: capacity of ${system.label}`,
    file: test.file,
    startedAt,
    endedAt,
    properties: { seed, ...(estimate === undefined ? {} : { 'capacity.perSec': String(estimate.perSec) }) },
    cases: [answerCase(record)],
  });
}

function answerCase(record: CapacityRecord): TestCase {
  const { answer, reason } = record;
  const output = capacityFacts(record).map(({ name, text }) => `${name}: ${text}`);
  const base = { name: 'the capacity is known', message: reason, output };
  return answer === 'found' ? { ...base, result: 'passed', type: '' } : { ...base, result: 'error', type: answer };
}
