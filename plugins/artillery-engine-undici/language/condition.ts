import { compileExpression } from 'filtrex';

/** Whether a request is to be sent. */
export type Condition = (vars: Record<string, unknown>) => boolean;

function decide(ifTrue: unknown, processor: Record<string, unknown> | undefined): (vars: object) => unknown {
  if (processor !== undefined && Object.hasOwn(processor, String(ifTrue))) {
    return processor[String(ifTrue)] as (vars: object) => unknown;
  }
  return compileExpression(ifTrue as string);
}

/**
 * Compiles `ifTrue`: a function of the processor by its name, otherwise an expression of filtrex 2 on the variables. A
 * condition that is faulty or throws is met.
 *
 * @param processor looked at now: functions added later are not seen
 * @returns undefined without a condition
 */
export function compileCondition(
  ifTrue: unknown,
  processor: Record<string, unknown> | undefined,
): Condition | undefined {
  if (ifTrue === undefined) return undefined;
  let decision: (vars: object) => unknown;
  try {
    decision = decide(ifTrue, processor);
  } catch {
    return () => true;
  }
  return (vars) => {
    try {
      return Boolean(decision(vars));
    } catch {
      return true;
    }
  };
}

/**
 * Whether a request with this `probability` (0–100, in per cent; also as a text) is sent this time. Without one it always
 * is, and nothing is drawn; what is no number counts as 0.
 *
 * @param random uniform in [0, 1)
 */
export function isProbable(probability: unknown, random: () => number): boolean {
  return probability === undefined || random() * 100 < (Number(probability) || 0);
}
