import type { RuleTerm } from '../../record/index.ts';
import { type Comparison, type Expression, FUNCTIONS } from './expression.ts';
import type { MetricValues } from './metric-values.ts';

/** The answer to a condition. `undefined`: it depends on a metric that has no data. */
export interface Evaluation {
  readonly holds: boolean | undefined;
  /** Each comparison of the condition with the numbers it saw, left to right. */
  readonly terms: readonly RuleTerm[];
}

/**
 * Answers a condition. Missing data spreads as in Kleene's three-valued logic: `a or b` holds when `a` does, whatever
 * `b` is; `not (x > 0)` without data for `x` has no answer, where Artillery says yes. A number that is not finite
 * (0 divided by 0) is missing data too.
 */
export function evaluateCondition(condition: Expression, metrics: MetricValues): Evaluation {
  const terms: RuleTerm[] = [];
  collectTerms(condition, metrics, terms);
  const value = compute(condition, metrics);
  return { holds: value === undefined ? undefined : value !== 0, terms };
}

function compute(expression: Expression, metrics: MetricValues): number | undefined {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'metric':
      return metrics.value(expression.name);
    case 'negation':
      return lift((x = 0) => -x, compute(expression.operand, metrics));
    case 'arithmetic':
      return lift(
        ARITHMETIC[expression.operator],
        compute(expression.left, metrics),
        compute(expression.right, metrics),
      );
    case 'call':
      return lift(
        FUNCTIONS[expression.callee],
        ...expression.parameters.map((parameter) => compute(parameter, metrics)),
      );
    case 'comparison':
      return lift(
        COMPARISON[expression.operator],
        compute(expression.left, metrics),
        compute(expression.right, metrics),
      );
    case 'membership':
      return membershipOf(expression, metrics);
    case 'logic':
      return LOGIC[expression.operator](compute(expression.left, metrics), compute(expression.right, metrics));
    case 'not':
      return lift((x) => Number(x === 0), compute(expression.operand, metrics));
    case 'choice': {
      const condition = compute(expression.condition, metrics);
      if (condition === undefined) return undefined;
      return compute(condition === 0 ? expression.no : expression.yes, metrics);
    }
  }
}

const ARITHMETIC = {
  '+': (a: number, b: number) => a + b,
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  '/': (a: number, b: number) => a / b,
  '%': (a: number, b: number) => a % b,
  '^': (a: number, b: number) => a ** b,
};

const COMPARISON = {
  '<': (a: number, b: number) => Number(a < b),
  '<=': (a: number, b: number) => Number(a <= b),
  '>': (a: number, b: number) => Number(a > b),
  '>=': (a: number, b: number) => Number(a >= b),
  '==': (a: number, b: number) => Number(a === b),
  '!=': (a: number, b: number) => Number(a !== b),
};

const LOGIC = {
  and: (a: number | undefined, b: number | undefined) => {
    if (a === 0 || b === 0) return 0;
    return a === undefined || b === undefined ? undefined : 1;
  },
  or: (a: number | undefined, b: number | undefined) => {
    if ((a ?? 0) !== 0 || (b ?? 0) !== 0) return 1;
    return a === undefined || b === undefined ? undefined : 0;
  },
};

function membershipOf(
  { subject, set, negated }: Extract<Expression, { kind: 'membership' }>,
  metrics: MetricValues,
): number | undefined {
  const candidates = set.map((candidate) => compute(candidate, metrics));
  return lift(
    (value, ...members) => Number(members.includes(value) !== negated),
    compute(subject, metrics),
    ...candidates,
  );
}

/** Applies a function where all its arguments are known and its result is a finite number. */
function lift(apply: (...values: number[]) => number, ...values: (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  if (known.length < values.length) return undefined;
  const result = apply(...known);
  return Number.isFinite(result) ? result : undefined;
}

function collectTerms(expression: Expression, metrics: MetricValues, terms: RuleTerm[]): void {
  switch (expression.kind) {
    case 'comparison':
      terms.push(termOf(expression, metrics));
      return;
    case 'logic':
      collectTerms(expression.left, metrics, terms);
      collectTerms(expression.right, metrics, terms);
      return;
    case 'not':
      collectTerms(expression.operand, metrics, terms);
      return;
    case 'choice':
      for (const part of [expression.condition, expression.yes, expression.no]) collectTerms(part, metrics, terms);
      return;
    case 'number':
    case 'metric':
    case 'negation':
    case 'arithmetic':
    case 'call':
    case 'membership':
      return;
  }
}

function termOf(comparison: Comparison, metrics: MetricValues): RuleTerm {
  const observed = compute(comparison.left, metrics);
  const limit = compute(comparison.right, metrics);
  return {
    subject: comparison.subject,
    operator: comparison.operator,
    ...(observed === undefined ? {} : { observed }),
    ...(limit === undefined ? {} : { limit }),
    holds: compute(comparison, metrics) === 1,
  };
}
