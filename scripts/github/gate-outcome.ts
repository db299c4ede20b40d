import { EXIT_CODES } from '../../src/exit-codes.ts';
import type { GateAnswer, GateResult } from './gate-result.ts';

/** What an answer that is open does to a pull request. */
export type OnInconclusive = 'warn' | 'fail';

/** How the step ends, and what it says. */
export interface GateOutcome {
  /** An answer of the gate, or why there is none. */
  readonly verdict: GateAnswer | 'not valid' | 'cancelled' | 'configuration' | 'no verdict';
  /** Whether the check on the pull request is green. */
  readonly isGreen: boolean;
  /** One sentence. */
  readonly message: string;
  /** How the step itself ends: 0 when green. */
  readonly exitCode: number;
}

/** With fewer pairs no difference could have been found, however large. */
const FEWEST_PAIRS = 6;

/**
 * How a step ends whose gate ended with this exit code and left this result. Green needs an exit code and a file that agree; whatever was cut
 * short, broken or not valid is red. Only an answer that is honestly open can be a warning.
 *
 * @param exitCode of the gate; undefined: it could not be started, or was killed.
 */
export function gateOutcome(
  exitCode: number | undefined,
  result: GateResult | undefined,
  onInconclusive: OnInconclusive,
): GateOutcome {
  if (exitCode === EXIT_CODES.interrupted || exitCode === EXIT_CODES.terminated) {
    return red('cancelled', exitCode, 'The gate was cancelled; what was measured until then decides nothing');
  }
  if (exitCode === EXIT_CODES.configuration) {
    return red(
      'configuration',
      exitCode,
      'The gate could not begin: the test, the versions or the settings are faulty',
    );
  }
  const failure = exitCode === undefined || exitCode === 0 ? EXIT_CODES.internal : exitCode;
  if (exitCode === undefined) return red('no verdict', failure, 'The gate was killed and left no verdict');
  if (result === undefined) return red('no verdict', failure, `The gate left no gate.json (exit code ${exitCode})`);
  if (result.exitCode !== exitCode || exitCode !== codeOf(result.answer)) {
    return red('no verdict', failure, `gate.json says ${result.answer}, the exit code of the gate is ${exitCode}`);
  }
  switch (result.answer) {
    case 'unchanged':
    case 'improved':
      return { verdict: result.answer, isGreen: true, message: result.reason, exitCode: EXIT_CODES.passed };
    case 'regressed':
      return red('regressed', exitCode, result.reason);
    case 'inconclusive':
      return inconclusive(result, onInconclusive);
  }
}

function inconclusive(result: GateResult, onInconclusive: OnInconclusive): GateOutcome {
  const { reason } = result;
  if (!isMeasured(result)) return red('not valid', EXIT_CODES.notValid, reason);
  if (onInconclusive === 'fail') return red('inconclusive', EXIT_CODES.inconclusive, reason);
  return { verdict: 'inconclusive', isGreen: true, message: reason, exitCode: EXIT_CODES.passed };
}

/** Open because nothing could be measured is another thing than open because the difference is small. */
function isMeasured({ health, maxDroppedShare, rows }: GateResult): boolean {
  return rows.length > 0 && health.kept >= FEWEST_PAIRS && health.dropped <= maxDroppedShare * health.pairs;
}

function codeOf(answer: GateAnswer): number {
  if (answer === 'regressed') return EXIT_CODES.regressed;
  return answer === 'inconclusive' ? EXIT_CODES.inconclusive : EXIT_CODES.passed;
}

function red(verdict: GateOutcome['verdict'], exitCode: number, message: string): GateOutcome {
  return { verdict, isGreen: false, message, exitCode };
}
