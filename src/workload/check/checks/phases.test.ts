import { describe, expect, test } from 'vitest';
import { checkText, shortForm } from '../testing/check-text.ts';

function found(phase: string, workers = 1): string[] {
  const lines = phase.split('\n').join('\n      ');
  const text = `config:\n  target: http://127.0.0.1\n  phases:\n    - ${lines}\nscenarios:\n  - flow:\n      - get:\n          url: /\n`;
  return shortForm(checkText(text, {}, { workers }));
}

describe('a phase', () => {
  test.each([
    ['duration: 1\narrivalRate: 1', []],
    ['duration: 1\narrivalRate: 0', ['no-load@5']],
    ['duration: 1\narrivalRate: "0"', ['no-load@5']],
    ['duration: 1\narrivalRate: 0.5', ['fractional-rate@5']],
    ['duration: 1\narrivalRate: 1.5', ['fractional-rate@5']],
    ['duration: 1\narrivalRate: -1', ['impossible-value@5']],
    ['duration: 1\narrivalRate: many', ['impossible-value@5']],
    ['duration: 1\narrivalCount: 0', ['no-load@5']],
    ['duration: 1\narrivalCount: 1', []],
    ['duration: 1\nrampTo: 0.4', ['no-load@5']],
    ['duration: 1\nrampTo: 0.5', []],
    ['duration: 1\narrivalRate: 0.4\nrampTo: 0.1', ['no-load@6']],
    ['duration: 1\narrivalRate: 0\nrampTo: 5', []],
    ['duration: 1\narrivalRate: 5\nrampTo: 0', []],
    ['duration: 0\narrivalRate: 1', ['impossible-value@4']],
    ['duration: "0"\narrivalRate: 1', ['impossible-value@4']],
    ['duration: 1.5\narrivalRate: 1', ['impossible-value@4']],
    ['duration: 5 minuts\narrivalRate: 1', ['impossible-value@4']],
    ['duration: 86400\narrivalRate: 1', []],
    ['duration: 86401\narrivalRate: 1', ['long-duration@4']],
    ['duration: 2147483\narrivalRate: 1', ['long-duration@4']],
    ['duration: 2147484\narrivalRate: 1', ['timer-overflow@4']],
    ['arrivalRate: 1', ['missing-key@4']],
    ['duration: 1', ['phase-kind@4']],
    ['name: empty', ['phase-kind@4']],
    ['pause: 1', ['no-load@3']],
    ['pause: 1\narrivalRate: 1', ['phase-kind@5']],
    ['duration: 1\narrivalRate: 1\narrivalCount: 1', ['phase-kind@5']],
    ['duration: 1\narrivalRate: 1\nmode: poison', ['impossible-value@6 → poisson']],
    ['duration: 1\narrivalRate: 1\nmode: poisson', []],
    ['duration: 1\narrivalrate: 1', ['phase-kind@4', 'unknown-key@5 → arrivalRate']],
    ['duration: "{{ $env.D }}"\narrivalRate: "{{ $env.R }}"', []],
  ])('%j', (phase, expected) => {
    expect(found(phase)).toEqual(expected);
  });
});

test('a slow ramp is one that the undici engine can do, unless it has no users at all', () => {
  const ramp = (rampTo: number): string[] => {
    const config = `config:\n  target: http://127.0.0.1\n  engine: undici\n  engines:\n    undici: {}\n`;
    const text = `${config}  phases:\n    - duration: 600\n      rampTo: ${rampTo}\nscenarios:\n  - flow:\n      - get:\n          url: /\n`;
    return shortForm(checkText(text, {}, { installed: ['artillery-engine-undici'] }));
  };
  expect([ramp(0.1), ramp(0)]).toEqual([[], ['no-load@8']]);
});

describe('maxVusers is shared by the workers that get users', () => {
  test.each([
    ['arrivalRate: 8\nmaxVusers: 4', 4, []],
    ['arrivalRate: 8\nmaxVusers: 3', 4, ['max-vusers-below-workers@6']],
    ['arrivalRate: 2\nmaxVusers: 2', 4, []],
    ['arrivalRate: 2\nmaxVusers: 1', 4, ['max-vusers-below-workers@6']],
    ['arrivalRate: 1\nmaxVusers: 1', 4, []],
    ['arrivalCount: 9\nmaxVusers: 1', 4, []],
    ['rampTo: 2\nmaxVusers: 3', 4, ['max-vusers-below-workers@6']],
    ['arrivalRate: 8\nmaxVusers: 1', 1, []],
    ['arrivalRate: 8\nmaxVusers: 0', 1, ['impossible-value@6']],
  ])('%j on %i workers', (rates, workers, expected) => {
    expect(found(`duration: 1\n${rates}`, workers)).toEqual(expected);
  });
});

test('a misspelt phases leaves no other fault behind', () => {
  const text =
    'config:\n  target: http://127.0.0.1\n  phasess: []\nscenarios:\n  - flow:\n      - get:\n          url: /\n';
  expect(shortForm(checkText(text))).toEqual(['unknown-key@3 → phases']);
});
