import type { Injection } from './system.ts';

/** What is simulated, and how an ideal gate answers. */
export interface Scenario {
  readonly injection: Injection;
  /** Every answer that is not wrong. */
  readonly right: readonly string[];
  /** The truth of every time's log ratio, where it is known to the last digit. */
  readonly truth?: number;
  /** Whether "Search" is to be named. */
  readonly hasCulprit: boolean;
}

const SCALE = 1.05;

/** In the order of the table. */
export const SCENARIOS: readonly Scenario[] = [
  { injection: { name: 'nothing (A/A)' }, right: ['unchanged'], truth: 0, hasCulprit: false },
  { injection: { name: '+5 % work', work: 1.05 }, right: ['regressed'], hasCulprit: true },
  { injection: { name: '+10 % work', work: 1.1 }, right: ['regressed'], hasCulprit: true },
  { injection: { name: '+20 % work', work: 1.2 }, right: ['regressed'], hasCulprit: true },
  { injection: { name: '+50 % work', work: 1.5 }, right: ['regressed'], hasCulprit: true },
  { injection: { name: '1 % errors', errorRatio: 0.01 }, right: ['regressed'], hasCulprit: false },
  {
    injection: { name: 'one request in ten takes twice as long', tail: { share: 0.1, factor: 2 } },
    right: ['regressed'],
    hasCulprit: true,
  },
  {
    injection: { name: 'every time 5 % longer: the margin of p50', scale: SCALE },
    right: ['regressed'],
    truth: Math.log(SCALE),
    hasCulprit: false,
  },
];
