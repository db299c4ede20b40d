import { UserFault } from 'proving-ground/errors.ts';
import { isCapable } from 'proving-ground/report/index.ts';
import { OUTPUTS } from '../options.ts';

/** What is printed while a run goes on. `quiet`: nothing. */
export type OutputMode = (typeof OUTPUTS)[number] | 'quiet';

/** What the choice depends on. */
export interface OutputWishes {
  /** `config.plugins.verdict.output`. */
  readonly option: (typeof OUTPUTS)[number];
  /** `artillery run --quiet`. */
  readonly isQuiet: boolean;
  readonly stream: { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * How a run is shown while it goes on. `PROVING_GROUND_OUTPUT` wins over the test; a live block needs a terminal that can move
 * its cursor, and is never drawn in CI.
 *
 * @throws UserFault `option-value`.
 */
export function outputMode({ option, isQuiet, stream, env }: OutputWishes): OutputMode {
  const wanted = fromEnvironment(env.PROVING_GROUND_OUTPUT) ?? option;
  if (wanted === 'artillery') return 'artillery';
  if (isQuiet) return 'quiet';
  return wanted === 'live' && isCapable(stream, env) && !isContinuousIntegration(env.CI) ? 'live' : 'plain';
}

function fromEnvironment(value: string | undefined): (typeof OUTPUTS)[number] | undefined {
  if (value === undefined || value === '') return undefined;
  const output = OUTPUTS.find((each) => each === value);
  if (output !== undefined) return output;
  throw new UserFault('option-value', `PROVING_GROUND_OUTPUT is ${JSON.stringify(value)}`, {
    hint: `Allowed are ${OUTPUTS.join(', ')}; without it the test decides.`,
  });
}

function isContinuousIntegration(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'false' && value !== '0';
}
