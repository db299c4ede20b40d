import { UserFault } from '../../errors.ts';
import { readRules } from '../../gate/index.ts';
import { readMargin } from '../../gate/regression/index.ts';
import {
  type Cursor,
  type FaultId,
  type Finding,
  findingAt,
  type RuleFacts,
  textAt,
} from '../../workload/check/index.ts';
import { didYouMean } from '../../workload/schema/index.ts';
import { checkBaseline } from './baseline-check.ts';
import { metricFault } from './metric-names.ts';
import { metricsNamedAfter, type RuleNames, ruleNames, usesRequestNames } from './rule-names.ts';

/** What is wrong with the rules of a test: those of `config.ensure`, the thresholds of the verdict plugin, and its baseline. */
export function checkRules(facts: RuleFacts): Finding[] {
  const { config } = facts;
  const names = ruleNames(facts);
  const byName = usesRequestNames(config);
  const ensure = [config.at('ensure'), config.at('plugins', 'ensure')];
  return [
    ...ensure
      .flatMap((rules) => rules.at('thresholds').items())
      .flatMap((entry) => thresholdFaults(entry, names, byName)),
    ...ensure
      .flatMap((rules) => rules.at('conditions').items())
      .flatMap((entry) => conditionFaults(entry.at('expression'), names, byName)),
    ...config
      .at('plugins', 'verdict', 'thresholds')
      .items()
      .flatMap((entry) => sentenceFaults(entry, names)),
    ...config
      .at('plugins', 'verdict', 'regression', 'margins')
      .items()
      .flatMap((entry) => marginFaults(entry, names)),
    ...checkBaseline(facts),
  ];
}

function thresholdFaults(entry: Cursor, names: RuleNames, byName: boolean): Finding[] {
  return entry.keys().flatMap((metric) => {
    const fault = metricFault(metric, names, byName);
    const cursor = entry.at(metric);
    return fault === undefined ? [] : [about('unknown-metric', { ...cursor, span: cursor.keySpan }, 0, fault)];
  });
}

function conditionFaults(cursor: Cursor, names: RuleNames, byName: boolean): Finding[] {
  const expression = textAt(cursor);
  if (expression === undefined || expression.includes('{{')) return [];
  return orFault('ensure-expression', cursor, () => {
    const { rules } = readRules({ ensure: { conditions: [{ expression }] } }, nowhere);
    const trees = rules.slice(0, 1).map((rule) => rule.condition(metricsNamedAfter(names)));
    return metricsIn(trees).flatMap((metric) => {
      const fault = metricFault(metric, names, byName);
      return fault === undefined
        ? []
        : [about('unknown-metric', cursor, Math.max(0, expression.indexOf(metric)), fault)];
    });
  });
}

/** The names of metrics in the tree of a condition. */
function metricsIn(tree: unknown): string[] {
  if (Array.isArray(tree)) return tree.flatMap(metricsIn);
  if (typeof tree !== 'object' || tree === null) return [];
  if ('kind' in tree && tree.kind === 'metric' && 'name' in tree) return [String(tree.name)];
  return Object.values(tree).flatMap(metricsIn);
}

function sentenceFaults(cursor: Cursor, names: RuleNames): Finding[] {
  const text = textAt(cursor);
  if (text === undefined || text.includes('{{')) return [];
  return orFault('threshold-sentence', cursor, () => {
    const { thresholds } = readRules({ plugins: { verdict: { thresholds: [text] } } }, nowhere);
    return thresholds.flatMap(({ sentence: { during, subject } }) => [
      ...unknownName(cursor, text, 'phase', during, names.phases),
      ...(subject.kind === 'named' && !names.mayBeCalled(subject.name) && !names.mayBeNamedByCode(subject.name)
        ? unknownName(cursor, text, 'journey or request', subject.name, [...names.journeys, ...names.requests])
        : []),
    ]);
  });
}

function marginFaults(cursor: Cursor, names: RuleNames): Finding[] {
  const text = textAt(cursor);
  if (text === undefined || text.includes('{{')) return [];
  const read = readMargin(text);
  if (read.kind === 'fault') return [about('regression-margin', cursor, 0, { message: read.message, hint: read.hint })];
  const { target } = read.rule;
  if (target?.kind === 'endpoint') return unknownName(cursor, text, 'request', target.name, names.requests);
  return target?.kind === 'journey' ? unknownName(cursor, text, 'journey', target.name, names.journeys) : [];
}

function unknownName(
  cursor: Cursor,
  text: string,
  what: string,
  name: string | undefined,
  known: readonly string[],
): Finding[] {
  // A name with a variable in it may become any name.
  if (name === undefined || known.includes(name) || known.some((other) => other.includes('{{'))) return [];
  const suggestion = didYouMean(name, known);
  const message = `there is no ${what} called ${JSON.stringify(name)}`;
  const allowed = [...new Set(known)];
  return [
    about('unknown-name-in-threshold', cursor, Math.max(0, text.indexOf(name)), {
      message,
      found: name,
      allowed,
      ...(suggestion && { suggestion }),
    }),
  ];
}

/** Places are known here, to the character; the rules need not say them. */
function nowhere(): undefined {
  return undefined;
}

function orFault(code: FaultId, cursor: Cursor, read: () => Finding[]): Finding[] {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof UserFault)) throw thrown;
    const [message = ''] = thrown.message.split('\n');
    return [about(code, cursor, offsetIn(thrown.cause), { message, ...(thrown.hint && { hint: thrown.hint }) })];
  }
}

function offsetIn(cause: unknown): number {
  return typeof cause === 'object' && cause !== null && 'offset' in cause ? Number(cause.offset) : 0;
}

/** A finding about the text of a rule from an offset on. */
function about(
  code: FaultId,
  { span, source }: Pick<Cursor, 'span' | 'source'>,
  offset: number,
  details: Parameters<typeof findingAt>[3],
): Finding {
  const line = source.lines[span.position.line - 1] ?? '';
  const isQuoted = /["']/.test(line[span.position.column - 1] ?? '');
  const column = span.position.column + offset + (isQuoted ? 1 : 0);
  // A text that goes over several lines is shown from its beginning.
  const fits = column <= line.trimEnd().length;
  const place = fits
    ? { ...span, position: { ...span.position, column }, endColumn: Math.max(column + 1, span.endColumn) }
    : span;
  return findingAt(code, place, line, details);
}
