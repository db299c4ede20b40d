import type { Random } from '../../../src/stats/random.ts';

/** What is known at the place in a scenario for which a step is made. */
export interface Place {
  readonly random: Random;
  /** Variables that have a value here. */
  readonly known: string[];
  /** Names not used yet for captures and loops, so that branches at work at once do not share them. */
  readonly fresh: () => string;
  /** Steps of other branches run at the same time: nothing may fail or depend on order. */
  readonly isParallel: boolean;
  readonly depth: number;
}
