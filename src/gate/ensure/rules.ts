import { z } from 'zod';
import { formatPosition, type Position, UserFault } from '../../errors.ts';
import type { RuleResult } from '../../record/index.ts';
import { evaluateCondition } from './evaluate.ts';
import type { Expression } from './expression.ts';
import { ExpressionError } from './expression-error.ts';
import type { MetricValues } from './metric-values.ts';
import { parseCondition } from './parser.ts';

/** One rule of `config.ensure`, ready to be evaluated. */
export interface Rule {
  /** As the test says it, and as tables show it. */
  readonly text: string;
  readonly position: Position | undefined;
  /** A rule that is not strict is shown and does not change the verdict. */
  readonly strict: boolean;
  /** Parsed when the names of the metrics are known: they decide where a name ends. */
  readonly condition: (known: readonly string[]) => Expression;
}

/** Finds where the value at a path stands in the test file. */
export type LocateRule = (path: readonly (string | number)[]) => Position | undefined;

// A number, or the text of one: Artillery's templates turn {{ $env.LIMIT }} into text.
const limit = z.union(
  [
    z.number(),
    z
      .string()
      .regex(/^\s*-?\d+(\.\d+)?\s*$/)
      .transform(Number),
  ],
  {
    error: 'must be a number',
  },
);

const LEGACY = ['min', 'max', 'median', 'p95', 'p99'] as const;

const ensureShape = z.strictObject({
  thresholds: z.array(z.record(z.string(), limit)).optional(),
  conditions: z.array(z.strictObject({ expression: z.string(), strict: z.boolean().optional() })).optional(),
  maxErrorRate: limit.optional(),
  min: limit.optional(),
  max: limit.optional(),
  median: limit.optional(),
  p95: limit.optional(),
  p99: limit.optional(),
});

type EnsureConfig = z.infer<typeof ensureShape>;

/**
 * Reads `config.ensure` in the syntax of Artillery's documentation: `thresholds`, `conditions`, `maxErrorRate`, and the
 * older `min`, `max`, `median`, `p95`, `p99` of the response time.
 *
 * @param locate where a value stands in the file, for messages and reports.
 * @throws UserFault `ensure-shape` or `ensure-expression`.
 */
export function parseEnsure(config: unknown, locate: LocateRule): Rule[] {
  const parsed = ensureShape.safeParse(config ?? {});
  if (!parsed.success) throw shapeFault(parsed.error, locate);
  const { thresholds = [], conditions = [], maxErrorRate } = parsed.data;
  const rules = [
    ...thresholds.flatMap((entry, index) => thresholdRules(entry, locate(['thresholds', index]))),
    ...conditions.map(({ expression, strict = true }, index) =>
      expressionRule(expression.trim(), strict, locate(['conditions', index, 'expression'])),
    ),
    ...legacyRules(parsed.data, locate),
  ];
  if (maxErrorRate === undefined) return rules;
  return [...rules, maxErrorRateRule(maxErrorRate, locate(['maxErrorRate']))];
}

/**
 * The rules of a test: `config.ensure` and `config.plugins.ensure` together. Artillery reads only one of them, so that
 * the rules of the other are silently never checked.
 *
 * @param config Artillery's effective configuration: after environments, overrides and templates.
 * @param locate where a value of the test file stands.
 */
export function rulesOfTest(config: Readonly<Record<string, unknown>>, locate: LocateRule): Rule[] {
  const plugins = config.plugins;
  const below = typeof plugins === 'object' && plugins !== null && 'ensure' in plugins ? plugins.ensure : undefined;
  return [
    ...parseEnsure(config.ensure, (path) => locate(['config', 'ensure', ...path])),
    ...parseEnsure(below, (path) => locate(['config', 'plugins', 'ensure', ...path])),
  ];
}

/** Answers every rule from what was measured. A rule without data fails: that nothing was seen is no proof. */
export function evaluateRules(rules: readonly Rule[], metrics: MetricValues): RuleResult[] {
  return rules.map((rule) => {
    const { holds, terms } = evaluateCondition(rule.condition(metrics.names), metrics);
    return {
      rule: rule.text,
      ...(rule.position === undefined ? {} : { position: formatPosition(rule.position) }),
      strict: rule.strict,
      outcome: holds === undefined ? 'no data' : holds ? 'passed' : 'failed',
      terms: [...terms],
    };
  });
}

function thresholdRules(entry: Readonly<Record<string, number>>, position: Position | undefined): Rule[] {
  return Object.entries(entry).map(([metric, max]) => ({
    text: `${metric} < ${max}`,
    position,
    strict: true,
    // The key is the name, whatever it contains: nothing is parsed.
    condition: () => lessThan(metric, max),
  }));
}

function legacyRules(config: EnsureConfig, locate: LocateRule): Rule[] {
  return LEGACY.flatMap((aggregate) => {
    const max = config[aggregate];
    if (max === undefined) return [];
    const metric = `http.response_time.${aggregate}`;
    const condition = lessThan(metric, max);
    return [{ text: `${metric} < ${max}`, position: locate([aggregate]), strict: true, condition: () => condition }];
  });
}

/** How the text of the default rule ends, so that nobody looks for it in the test. */
export const DEFAULT_MARK = '(default)';

/** Per cent of users that a test may lose when it says nothing about errors. */
const DEFAULT_MAX_ERROR_RATE = 1;

/** The rule of a test that says nothing about errors. */
export function defaultErrorRule(): Rule {
  const rule = maxErrorRateRule(DEFAULT_MAX_ERROR_RATE, undefined);
  return { ...rule, text: `${rule.text} ${DEFAULT_MARK}` };
}

/** The share of virtual users that did not complete, in per cent; as Artillery defines it. */
function maxErrorRateRule(max: number, position: Position | undefined): Rule {
  const created = metricNamed('vusers.created');
  const lost: Expression = { kind: 'arithmetic', operator: '-', left: created, right: metricNamed('vusers.completed') };
  const ratio: Expression = { kind: 'arithmetic', operator: '/', left: lost, right: created };
  const percent: Expression = { kind: 'arithmetic', operator: '*', left: ratio, right: { kind: 'number', value: 100 } };
  const condition: Expression = {
    kind: 'comparison',
    operator: '<=',
    left: percent,
    right: { kind: 'number', value: max },
    subject: 'maxErrorRate',
  };
  return { text: `maxErrorRate <= ${max}`, position, strict: true, condition: () => condition };
}

function lessThan(metric: string, max: number): Expression {
  const right: Expression = { kind: 'number', value: max };
  return { kind: 'comparison', operator: '<', left: metricNamed(metric), right, subject: metric };
}

function metricNamed(name: string): Expression {
  return { kind: 'metric', name };
}

function expressionRule(text: string, strict: boolean, position: Position | undefined): Rule {
  return { text, strict, position, condition: (known) => parseOrFault(text, known, position) };
}

function parseOrFault(text: string, known: readonly string[], position: Position | undefined): Expression {
  try {
    return parseCondition(text, known);
  } catch (cause) {
    if (!(cause instanceof ExpressionError)) throw cause;
    const pointer = `${' '.repeat(cause.offset)}^`;
    throw new UserFault(
      'ensure-expression',
      `the condition cannot be read: ${cause.message}\n    ${text}\n    ${pointer}`,
      {
        position,
        hint: "Put a metric whose name contains spaces or operators in '…'.",
        cause,
      },
    );
  }
}

function shapeFault(error: z.ZodError, locate: LocateRule): UserFault {
  const [issue] = error.issues;
  const path = (issue?.path ?? []).filter((part) => typeof part !== 'symbol');
  const place = ['config', 'ensure', ...path].join('.');
  const allowed = Object.keys(ensureShape.shape).join(', ');
  return new UserFault('ensure-shape', `${place}: ${issue?.message ?? 'is not understood'}`, {
    position: locate(path),
    hint: `config.ensure may hold ${allowed}; a threshold is "<metric>: <number>".`,
  });
}
