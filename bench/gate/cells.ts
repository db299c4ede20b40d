/** What is different about the candidate, as a switch of the platform; the tool under test knows nothing of it. */
export interface Injection {
  /** Of its folder of stored pairs. */
  readonly id: string;
  readonly name: string;
  /** Variables of the platform that the candidate gets. */
  readonly env: Readonly<Record<string, string>>;
  /** The factor on the work of "Search"; undefined where the change is of another kind. */
  readonly factor?: number;
  /** Log ratio of every time, where it is known for all endpoints. */
  readonly truth?: number;
  readonly hasCulprit: boolean;
  /** How many are measured. */
  readonly pairs: number;
}

/** What the gate takes at most; more where a rare event is counted, and fewer where its first look decides. */
const [USUAL, RARE, PLAIN] = [20, 40, 14];

/** In the order of the tables. */
export const INJECTIONS: readonly Injection[] = [
  { id: 'none', name: 'nothing (A/A)', env: {}, factor: 1, truth: 0, hasCulprit: false, pairs: RARE },
  ...[5, 10, 20, 50].map((percent) => ({
    id: `work-${percent}`,
    name: `+${percent} % work`,
    env: { WORK_FACTOR: `Search=${1 + percent / 100}` },
    factor: 1 + percent / 100,
    hasCulprit: true,
    pairs: percent >= 20 ? PLAIN : USUAL,
  })),
  { id: 'errors', name: '1 % errors', env: { ERROR_RATE: 'Search=0.01' }, hasCulprit: false, pairs: PLAIN },
  {
    id: 'tail',
    name: 'one search in ten takes twice as long',
    env: { WORK_FACTOR: 'Search=2@0.1' },
    hasCulprit: true,
    pairs: USUAL,
  },
];

/** What else happens on the machine. */
export const MACHINES = ['quiet', 'busy'] as const;

/** `busy`: another program keeps the last core busy half of the time. */
export type MachineName = (typeof MACHINES)[number];

/** Pairs that are alike. */
export interface Cell {
  readonly machine: MachineName;
  readonly injection: Injection;
}

/** The endpoint that is made slower. */
export const INJECTED = 'Search';

/** Whether an endpoint is the one that is made slower. */
export function isInjected(endpoint: string): boolean {
  return endpoint === INJECTED;
}
