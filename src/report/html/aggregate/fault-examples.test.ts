import { expect, test } from 'vitest';
import { failedRun } from '../testing/example-runs.ts';
import { faultExamples } from './fault-examples.ts';
import { prepareRun } from './report-data.ts';

test('a report shows what the run kept, one kind after the other', () => {
  const { record, samples } = failedRun();
  const { examples } = prepareRun({ record, samples }, 'failed');
  expect(examples).toHaveLength(9);
  expect(new Set(examples.map(({ kind }) => kind)).size).toBe(3);
  const [first] = examples.filter(({ kind }) => kind === 'ETIMEDOUT');
  expect(first).toMatchObject({ said: "Timeout awaiting 'response' for 10000ms", afterMs: 10_000 });
  expect(examples.map(({ kind }) => kind)).toEqual(examples.map(({ kind }) => kind).toSorted(byFirst(examples)));
});

/** Kinds in the order in which each first occurred. */
function byFirst(examples: readonly { readonly kind: string }[]): (a: string, b: string) => number {
  const order = [...new Set(examples.map(({ kind }) => kind))];
  return (a, b) => order.indexOf(a) - order.indexOf(b);
}

test('of kinds of which a run kept none, and of runs from before there were any, the first samples stand in', () => {
  const { record, samples } = failedRun();
  const { errorExamples = [], ...older } = record;
  const ofSamples = prepareRun({ record: older, samples }, 'failed').examples;
  expect(ofSamples).toHaveLength(9);
  expect(ofSamples.every(({ said, endpoint }) => said === undefined && endpoint !== undefined)).toBe(true);
  const timeouts = errorExamples.filter(({ kind }) => kind === 'ETIMEDOUT');
  const mixed = faultExamples({ ...record, errorExamples: timeouts }, ofSamples);
  expect(mixed.filter(({ said }) => said !== undefined).map(({ kind }) => kind)).toEqual(Array(3).fill('ETIMEDOUT'));
  expect(mixed).toHaveLength(9);
});
