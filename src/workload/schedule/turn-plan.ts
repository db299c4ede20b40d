/** How a load generator shares the time with another one: in turns, which begin together and follow each other. */
export interface TurnPlan extends TurnLengths {
  /** Whether the other one has the first turn. */
  readonly isSecond: boolean;
}

/** How long turns are, whoever has the first one. */
export interface TurnLengths {
  /** Length of a turn, milliseconds, above 0. */
  readonly turnMs: number;
  /** After each turn, for answers that are under way; milliseconds, from 0. */
  readonly restMs: number;
}

const VARIABLE = 'PROVING_GROUND_TURNS';

/** The variable by which whoever starts Artillery tells it of its turns. */
export function turnVariables(plan: TurnPlan | undefined): Record<string, string> {
  return plan === undefined
    ? {}
    : { [VARIABLE]: `${plan.turnMs} ${plan.restMs} ${plan.isSecond ? 'second' : 'first'}` };
}

/** The turns of this process; undefined: it has all the time for itself. @throws Error when the variable is not one of ours. */
export function turnsIn(env: NodeJS.ProcessEnv): TurnPlan | undefined {
  const text = env[VARIABLE];
  if (text === undefined) return undefined;
  const [, turnMs, restMs, place] = /^([\d.]+) ([\d.]+) (first|second)$/.exec(text) ?? [];
  if (!(Number(turnMs) > 0 && Number(restMs) >= 0)) {
    throw new Error(
      `${VARIABLE} is ${JSON.stringify(text)}; it is set by the gate, for the blocks that it starts, and by nobody else`,
    );
  }
  return { turnMs: Number(turnMs), restMs: Number(restMs), isSecond: place === 'second' };
}

/** Name of the channel on which the workers of a run are told when the first turn begins: milliseconds since the epoch. */
export function turnChannel(runId: string): string {
  return `proving-ground-turns-${runId}`;
}

/** The most that something can take that needs so many milliseconds of one's own turns. */
export function longestInTurns(ownMs: number, { turnMs, restMs }: TurnLengths): number {
  return (Math.ceil(ownMs / turnMs) + 1) * 2 * (turnMs + restMs);
}
