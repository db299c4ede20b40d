/** One question that teams ask, and the run that answers it. */
export interface TeamQuestion {
  /** Of its section in docs/results.md. */
  readonly id: string;
  /** From the root of the repository. */
  readonly test: string;
  readonly environment?: string;
  /** Whether every endpoint is shown, beside the answer of the test. */
  readonly hasEndpoints: boolean;
}

/** In the order in which they are measured: what takes an hour comes last. */
export const QUESTIONS: readonly TeamQuestion[] = [
  { id: 'normal', test: 'artillery/normal.yml', hasEndpoints: true },
  { id: 'peak', test: 'artillery/peak.yml', hasEndpoints: true },
  { id: 'stress', test: 'artillery/stress.yml', hasEndpoints: false },
  { id: 'spike', test: 'artillery/spike.yml', hasEndpoints: false },
  { id: 'auth', test: 'artillery/auth.yml', hasEndpoints: false },
  { id: 'cache', test: 'artillery/cache.yml', hasEndpoints: false },
  { id: 'database', test: 'artillery/database.yml', hasEndpoints: false },
  { id: 'events', test: 'artillery/events.yml', hasEndpoints: false },
  { id: 'soak-short', test: 'artillery/soak.yml', environment: 'short', hasEndpoints: false },
  { id: 'soak', test: 'artillery/soak.yml', hasEndpoints: false },
];
