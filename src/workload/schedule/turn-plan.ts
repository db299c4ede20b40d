import { z } from 'zod';

const turnPlan = z.strictObject({
  /** Length of a turn, milliseconds. */
  turnMs: z.number().positive(),
  /** After each turn, for answers that are under way; milliseconds. */
  restMs: z.number().min(0),
  /** Whether the other one has the first turn. */
  isSecond: z.boolean(),
});

/** How a load generator shares the time with another one: in turns, which begin together and follow each other. */
export type TurnPlan = Readonly<z.infer<typeof turnPlan>>;

/** How long turns are, whoever has the first one. */
export type TurnLengths = Pick<TurnPlan, 'turnMs' | 'restMs'>;

const VARIABLE = 'PROVING_GROUND_TURNS';

/** The variable by which whoever starts Artillery tells it of its turns. */
export function turnVariables(plan: TurnPlan | undefined): Record<string, string> {
  return plan === undefined ? {} : { [VARIABLE]: JSON.stringify(plan) };
}

/** The turns of this process; undefined: it has all the time for itself. @throws Error when the variable is not one of ours. */
export function turnsIn(env: NodeJS.ProcessEnv): TurnPlan | undefined {
  const text = env[VARIABLE];
  return text === undefined ? undefined : turnPlan.parse(JSON.parse(text));
}

/** Name of the channel on which the workers of a run are told when the first turn begins: milliseconds since the epoch. */
export function turnChannel(runId: string): string {
  return `proving-ground-turns-${runId}`;
}

/** The most that something can take that needs so many milliseconds of one's own turns. */
export function longestInTurns(ownMs: number, { turnMs, restMs }: TurnLengths): number {
  return (Math.ceil(ownMs / turnMs) + 1) * 2 * (turnMs + restMs);
}
