import { formatPosition, UserFault } from '../../errors.ts';
import { type MarginRule, readMargin } from '../../gate/regression/index.ts';
import type { EffectiveTest } from '../../workload/plan/index.ts';
import { didYouMean } from '../../workload/schema/index.ts';

/** A margin of the test, and where it stands. */
export interface PlacedMargin {
  readonly rule: MarginRule;
  /** `file:line:column`, where known. */
  readonly position: string | undefined;
}

/** What a test calls its requests; undefined: anything. */
type Requests = readonly string[] | undefined;

/** The margin of the test with this number, from 0. @throws UserFault `plugin-options` with its place. */
export function placedMargin(
  text: string,
  index: number,
  { test, requests }: { readonly test: EffectiveTest; readonly requests: Requests },
): PlacedMargin {
  const position = test.locate(['plugins', 'verdict', 'regression', 'margins', index]);
  const rule = usableMargin(text, requests, (message, hint) => {
    return new UserFault('plugin-options', `margin: ${message}`, { position, hint });
  });
  return { rule, position: position === undefined ? undefined : formatPosition(position) };
}

/** A margin of the command line. @throws UserFault `option-value`. */
export function givenMargin(text: string, requests: Requests): MarginRule {
  return usableMargin(
    text,
    requests,
    (message, hint) => new UserFault('option-value', `--margin: ${message}`, { hint }),
  );
}

/** One of a request that nobody makes could never be broken. */
function usableMargin(
  text: string,
  requests: Requests,
  fault: (message: string, hint: string) => UserFault,
): MarginRule {
  const read = readMargin(text);
  if (read.kind === 'fault') throw fault(read.message, read.hint);
  const { target } = read.rule;
  if (requests === undefined || target?.kind !== 'endpoint' || requests.includes(target.name)) return read.rule;
  const suggestion = didYouMean(target.name, requests);
  throw fault(
    `the test has no request called ${JSON.stringify(target.name)}`,
    suggestion === undefined ? `It has ${requests.join(', ')}.` : `Did you mean ${JSON.stringify(suggestion)}?`,
  );
}
