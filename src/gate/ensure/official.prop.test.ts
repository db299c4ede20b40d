import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MetricSet } from '../../record/index.ts';
import { sketchOf } from '../../stats/index.ts';
import { createMetricValues } from './metric-values.ts';
import { evaluateRules, parseEnsure } from './rules.ts';

// The reference: the package that users install. Artillery 2.0.34 carries the same code built in.
const require = createRequire(import.meta.url);
const official = require('artillery-plugin-ensure') as {
  Plugin: { runChecks(checks: object, vars: object): { original: string; result: unknown }[] };
};
const { hashString } = require('artillery-plugin-ensure/utils.js') as { hashString(text: string): string };
Object.assign(globalThis, { artillery: { log: () => undefined } });

// No name is part of a later one: there the official evaluation is wrong (artilleryio/artillery#3585).
const METRICS: MetricSet = {
  counters: {
    'http.codes.200': 950,
    'http.codes.503': 12,
    'vusers.created_by_name.Search for indicators': 400,
    'vusers.created': 1000,
    'vusers.completed': 988,
    'plugins.metrics-by-endpoint./search.codes.200': 320,
    'events.accepted': 4810,
  },
  rates: { 'http.request_rate': 31 },
  histograms: {
    'http.response_time': sketchOf([12, 15, 18, 22, 30, 45, 80, 140, 300, 900]),
    'plugins.metrics-by-endpoint.response_time.Sign in': sketchOf([60, 64, 71, 90, 122]),
    'plugins.metrics-by-endpoint.response_time./documents/:id': sketchOf([3, 4, 4, 5, 9]),
    'threats.detection_time': sketchOf([220, 260, 410]),
  },
};
const values = createMetricValues(METRICS);
// p999 is left out: the official evaluation finds ".p99" inside it.
const NAMES = [
  ...Object.keys(METRICS.counters),
  ...Object.keys(METRICS.rates),
  ...Object.keys(METRICS.histograms).flatMap((name) =>
    ['min', 'max', 'mean', 'median', 'p95'].map((part) => `${name}.${part}`),
  ),
];

/** The variables that the official plugin builds from a report, but with our values: its own are rounded to 0.1. */
function officialVariables(): Record<string, { value: number | undefined; hash: string }> {
  return Object.fromEntries(NAMES.map((name) => [name, { value: values.value(name), hash: hashString(name) }]));
}

function passedByOfficial(checks: object): boolean[] {
  return official.Plugin.runChecks(checks, officialVariables()).map(({ result }) => result === 1);
}

function passedByUs(checks: object): boolean[] {
  return evaluateRules(
    parseEnsure(checks, () => undefined),
    values,
  ).map(({ outcome }) => outcome === 'passed');
}

const limits = fc.oneof(
  fc.integer({ min: 0, max: 5000 }),
  fc.integer({ min: 0, max: 9999 }).map((n) => n / 10),
);
const metrics = fc.constantFrom(...NAMES);
const amount = fc.letrec<{ amount: string }>((tie) => ({
  amount: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    metrics,
    limits.map(String),
    fc.tuple(tie('amount'), fc.constantFrom('+', '-', '*'), tie('amount')).map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc.tuple(metrics, fc.integer({ min: 1, max: 9 })).map(([a, b]) => `${a} / ${b}`),
    fc.tuple(fc.constantFrom('abs', 'ceil', 'floor', 'round'), tie('amount')).map(([f, a]) => `${f}(${a})`),
    fc.tuple(fc.constantFrom('max', 'min'), tie('amount'), tie('amount')).map(([f, a, b]) => `${f}(${a}, ${b})`),
  ),
})).amount;
const condition = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.tuple(amount, fc.constantFrom('<', '<=', '>', '>=', '==', '!='), amount).map((parts) => parts.join(' ')),
    fc.tuple(amount, limits, limits).map(([a, x, y]) => `${a} in (${x}, ${y})`),
    fc.tuple(tie('condition'), fc.constantFrom('and', 'or'), tie('condition')).map((parts) => parts.join(' ')),
    fc.tuple(tie('condition'), fc.constantFrom('and', 'or'), tie('condition')).map((parts) => `(${parts.join(' ')})`),
    tie('condition').map((inner) => `not (${inner})`),
    fc.tuple(tie('condition'), tie('condition'), tie('condition')).map(([a, b, c]) => `((${a}) ? (${b}) : (${c}))`),
  ),
})).condition;

describe('against the official evaluation', () => {
  test('every condition gets the same answer', () => {
    fc.assert(
      fc.property(condition, (expression) => {
        const checks = { conditions: [{ expression }] };
        expect(passedByUs(checks)).toEqual(passedByOfficial(checks));
      }),
      { numRuns: 2000 },
    );
  });

  test('every threshold gets the same answer, on both sides of the value', () => {
    fc.assert(
      fc.property(metrics, fc.integer({ min: -1, max: 1 }), (name, step) => {
        const checks = { thresholds: [{ [name]: Number(((values.value(name) ?? 0) + step).toFixed(6)) }] };
        expect(passedByUs(checks)).toEqual(passedByOfficial(checks));
      }),
      { numRuns: 500 },
    );
  });

  test('the older forms and maxErrorRate get the same answer', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('min', 'max', 'median', 'p95', 'maxErrorRate'),
        fc.integer({ min: 0, max: 1000 }),
        (key, max) => {
          expect(passedByUs({ [key]: max })).toEqual(passedByOfficial({ [key]: max }));
        },
      ),
      { numRuns: 500 },
    );
    expect(passedByUs({ maxErrorRate: 1.2 })).toEqual([true]);
    expect(passedByUs({ maxErrorRate: 1.1 })).toEqual([false]);
  });

  test('generated rules are answered with yes and with no, so that agreement means something', () => {
    const answers = fc
      .sample(condition, { numRuns: 500, seed: 7 })
      .flatMap((expression) => passedByUs({ conditions: [{ expression }] }));
    expect(answers.filter(Boolean).length).toBeGreaterThan(50);
    expect(answers.filter((answer) => !answer).length).toBeGreaterThan(50);
  });
});
