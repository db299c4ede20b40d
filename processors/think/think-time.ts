import type { Random } from 'proving-ground/stats/random.ts';
import type { VUContext } from '../artillery-types.ts';
import { numberOf } from '../csv-rows.ts';
import { drawLogNormal } from '../random/distributions.ts';
import { userOf } from '../virtual-user.ts';

/** How a user takes its time: `thinkMedianSeconds` and `thinkSpread` among the variables of the YAML. */
interface Pace {
  readonly medianMs: number;
  readonly spread: number;
}

const DEFAULT_MEDIAN_SECONDS = 3;
const DEFAULT_SPREAD = 1.8;
const SHARE_OF_A_GLANCE = 0.3;
// One draw in many thousands would otherwise keep a test open for minutes after its last phase.
const LONGEST_IN_MEDIANS = 10;

/**
 * A `function:` step in which the user thinks. Times are log-normal: half of them below `thinkMedianSeconds`, two thirds
 * within a factor of `thinkSpread` around it, none above ten medians. `THINK_SCALE` multiplies them: 0 for no waiting
 * at all.
 */
export async function thinkLikeAPerson(context: VUContext): Promise<void> {
  await pause(drawThinkMs(userOf(context).stream('think'), paceOf(context, 1)));
}

/** As `thinkLikeAPerson`, but with about a third of the time: a look at something familiar. */
export async function glanceLikeAPerson(context: VUContext): Promise<void> {
  await pause(drawThinkMs(userOf(context).stream('think'), paceOf(context, SHARE_OF_A_GLANCE)));
}

/** One think time in milliseconds, before `THINK_SCALE`. */
export function drawThinkMs(random: Random, { medianMs, spread }: Pace): number {
  return Math.min(drawLogNormal(random, medianMs, spread), LONGEST_IN_MEDIANS * medianMs);
}

/**
 * The factor for all think times, from `THINK_SCALE`.
 *
 * @throws Error for anything but a number from 0 upwards; Artillery counts the message as an error and ends the user.
 */
export function parseThinkScale(text: string | undefined): number {
  if (text === undefined || text === '') return 1;
  const scale = Number(text);
  if (Number.isFinite(scale) && scale >= 0) return scale;
  throw new Error(`THINK_SCALE is ${JSON.stringify(text)}; allowed is a number from 0 upwards`);
}

function paceOf(context: VUContext, share: number): Pace {
  const median = read(context, 'thinkMedianSeconds', DEFAULT_MEDIAN_SECONDS, (value) => value >= 0, '0 or more');
  const spread = read(context, 'thinkSpread', DEFAULT_SPREAD, (value) => value >= 1, '1 or more');
  return { medianMs: median * 1000 * share, spread };
}

function read(
  context: VUContext,
  name: string,
  fallback: number,
  isAllowed: (value: number) => boolean,
  allowed: string,
): number {
  if (context.vars[name] === undefined) return fallback;
  const value = numberOf(context.vars, name);
  if (value !== undefined && isAllowed(value)) return value;
  throw new Error(`the variable ${name} is ${JSON.stringify(context.vars[name])}; allowed is a number, ${allowed}`);
}

function pause(ms: number): Promise<void> {
  const scaledMs = ms * parseThinkScale(process.env.THINK_SCALE);
  return scaledMs === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, scaledMs));
}
