import type { RunRecord } from '../record/index.ts';
import { endpointTable } from './endpoint-table.ts';
import { generatorLines } from './generator-lines.ts';
import { mixTable } from './mix-table.ts';
import { formatNumber } from './number-format.ts';
import { plainText } from './plain-text.ts';
import { ruleTable } from './rule-table.ts';
import { errorCounts, runFacts } from './run-facts.ts';
import { type LineOptions, sentenceLines } from './sentence-lines.ts';
import type { Style } from './style.ts';
import { cutEnd } from './text-width.ts';

/** Where and how wide a summary is printed. */
export interface SummaryOptions extends LineOptions {
  /** The folder of the run, as the user would type it; undefined: nothing was written. */
  readonly folder?: string | undefined;
  /** The names of the files in it, the one to open first at the front. */
  readonly files?: readonly string[];
}

/**
 * What a run ends with in the terminal: the verdict and its reason first, then the rules, the endpoints, the errors, whether
 * the generator kept up, where the rest is, and how to have the same run again. Nothing in it moves the cursor.
 */
export function runSummary(record: RunRecord, options: SummaryOptions): string {
  const { style, width } = options;
  const { rules, faults } = record.verdict;
  const sections = [
    [...verdictLines(record, options), `  ${runFacts(record).map(plainText).join(' · ')}`],
    answerLines(record, options),
    faults.slice(1).flatMap((fault) => sentenceLines(`also: ${fault}`, ['  ', '    '], options).map(style.bad)),
    rules.length === 0 ? [] : ruleTable(rules, style, width),
    endpointTable(record, style, width),
    mixTable(record, style, width),
    errorLines(record, style, width),
    generatorLines(record, options),
    closingLines(record, options),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function verdictLines({ verdict }: RunRecord, options: LineOptions): string[] {
  const { style } = options;
  const paint = verdict.outcome === 'passed' ? style.good : verdict.outcome === 'inconclusive' ? style.warn : style.bad;
  const outcome = verdict.outcome.toUpperCase();
  const [first = '', ...others] = sentenceLines(`Verdict: ${outcome} (${verdict.reason})`, ['', '  '], options);
  const title = `Verdict: ${outcome}`;
  const rest = first.slice(title.length);
  return [`${style.bold(`Verdict: ${paint(outcome)}`)}${rest}`, ...others];
}

/** What the test asked, and what the run says to it. */
function answerLines({ answer }: RunRecord, options: LineOptions): string[] {
  if (answer === undefined) return [];
  return [
    ...sentenceLines(answer.question, ['  Question  ', '            '], options),
    ...sentenceLines(answer.text, ['  Answer    ', '            '], options).map(options.style.bold),
  ];
}

/** At most this many kinds of error are listed; the rest is in the run's folder. */
const ERROR_KINDS = 5;

function errorLines(record: RunRecord, style: Style, width: number): string[] {
  const errors = errorCounts(record);
  if (errors.length === 0) return [];
  const examples = record.errorExamples ?? [];
  const shown = errors.slice(0, ERROR_KINDS).map(({ error, count }) => {
    const example = examples.find(({ kind, said }) => kind === error && said !== undefined);
    const text = [error, ...(example === undefined ? [] : [example.endpoint ?? '', example.said ?? ''])];
    const line = text
      .filter((part) => part !== '')
      .map(plainText)
      .join(': ');
    return `  ${formatNumber(count).padStart(8)}  ${cutEnd(line, width - 12)}`;
  });
  const rest = errors.length - shown.length;
  return [style.bad('  Errors'), ...shown, ...(rest > 0 ? [`            and ${rest} more kinds`] : [])];
}

function closingLines({ replay, samples }: RunRecord, { folder, files, style }: SummaryOptions): string[] {
  const again = `  Same run again: ${plainText(replay)}`;
  if (folder === undefined) return [style.dim(again)];
  const [first, ...others] = files ?? ['run.json', 'metrics.csv', ...(samples === undefined ? [] : [samples.file])];
  const also = others.length === 0 ? [] : [`  Beside it: ${others.join(', ')}`];
  return [`  Report: ${plainText(folder)}/${first}`, ...[...also, again].map(style.dim)];
}
