import type { ErrorExample, RunRecord } from '../../record/index.ts';
import { decodeSketch, quantileOf } from '../../stats/index.ts';
import { endpointFigures } from '../endpoint-figures.ts';
import { generatorFigures } from '../generator-lines.ts';
import { formatNumber, formatQuantity } from '../number-format.ts';
import { orderedRules, type RuleLine, ruleLines } from '../rule-lines.ts';
import { errorCounts, runFacts } from '../run-facts.ts';
import type { RunComparison, ShownDifference } from './comparison.ts';
import { markdownCode, markdownHead, markdownRow, markdownText } from './markdown.ts';
import { sparkline } from './sparkline.ts';

/** A comment of GitHub holds 65,536 characters; each part of a summary keeps to its own share of them. */
const BYTES = { rules: 18_000, endpoints: 18_000, differences: 12_000, errors: 4_000, generator: 4_000 } as const;

const MARKS = { passed: '✅', failed: '❌', 'not valid': '⚠️', inconclusive: '⚠️' } as const;

/** What stands in a summary beside the run itself. */
export interface SummaryExtras {
  readonly comparison?: RunComparison | undefined;
  /** Where the whole report is. */
  readonly report?: string | undefined;
}

/**
 * A run in GitHub's Markdown, for the summary of a job or a comment on a pull request: verdict with its reason, rules,
 * differences from a baseline, endpoints, course over time. At most 64 kB; what does not fit is counted. The first line tells a
 * bot which comment to replace.
 */
export function summaryMarkdown(record: RunRecord, { comparison, report }: SummaryExtras = {}): string {
  const { verdict } = record;
  const [name = '', ...facts] = runFacts(record);
  const sections = [
    [`<!-- proving-ground summary of ${name.replace(/[^\w.]+/g, '-').slice(0, 100)} -->`],
    [`### ${MARKS[verdict.outcome]} ${markdownText(name)}: ${verdict.outcome}`],
    [`**${markdownText(capitalised(verdict.reason))}**`],
    [facts.map(markdownText).join(' · ')],
    answerSection(record),
    verdict.faults
      .slice(1)
      .map((fault) => `- also: ${markdownText(fault)}`)
      .slice(0, 10),
    ruleSection(record),
    comparison === undefined ? [] : differenceSection(comparison),
    endpointSection(record),
    courseSection(record),
    errorSection(record),
    generatorSection(record),
    [
      ...(report === undefined ? [] : [`Report: ${markdownCode(report)}<br>`]),
      `Same run again: ${markdownCode(record.replay)}`,
    ],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function answerSection({ answer }: RunRecord): string[] {
  return answer === undefined ? [] : [`> **${markdownText(answer.question)}** ${markdownText(answer.text)}`];
}

function ruleSection({ verdict }: RunRecord): string[] {
  if (verdict.rules.length === 0) return [];
  const head = markdownHead([
    { title: '', align: 'left' },
    { title: 'Threshold', align: 'left' },
    { title: 'Observed', align: 'right' },
    { title: 'Limit', align: 'right' },
    { title: 'Margin', align: 'right' },
  ]);
  const rows = orderedRules(verdict.rules).map((rule) => ruleLines(rule).map(ruleRow).join('\n'));
  return [...head, ...within(rows, BYTES.rules, 'thresholds', 5)];
}

function ruleRow({ mark, isPart, name, observed, limit, margin }: RuleLine): string {
  const shown = { ok: '✅', BROKEN: '❌ broken', 'NO DATA': '❌ no data', 'not held': '⚠️ not held', '': '' }[mark];
  return markdownRow([
    shown,
    isPart ? `· ${markdownCode(name)}` : markdownCode(name),
    observed,
    markdownText(limit),
    margin,
  ]);
}

function differenceSection({ baseline, differences }: RunComparison): string[] {
  if (differences.length === 0) return [`No difference from ${markdownCode(baseline)}.`];
  const head = markdownHead([
    { title: `Compared with ${markdownCode(baseline)}`, align: 'left' },
    { title: 'Before', align: 'right' },
    { title: 'Now', align: 'right' },
    { title: 'Change', align: 'right' },
    { title: '', align: 'left' },
  ]);
  return [...head, ...within(differences.map(differenceRow), BYTES.differences, 'differences', 5)];
}

function differenceRow({ name, unit, before, after, change, judgement }: ShownDifference): string {
  const amount = (value: number | undefined): string => (value === undefined ? '' : formatQuantity(value, unit));
  const interval =
    change?.low === undefined || change.high === undefined ? '' : ` (${signed(change.low)} to ${signed(change.high)})`;
  return markdownRow([
    markdownCode(name),
    amount(before),
    amount(after),
    change === undefined ? '' : `${signed(change.share)}${interval}`,
    judgement,
  ]);
}

function endpointSection(record: RunRecord): string[] {
  const figures = endpointFigures(record);
  if (figures.length === 0) return [];
  const head = markdownHead([
    { title: `Endpoint (${record.samples === undefined ? 'first byte' : 'response time'}, ms)`, align: 'left' },
    ...['Answers', '4xx', '5xx', 'No answer', 'p50', 'p95', 'p99', 'max'].map((title) => ({
      title,
      align: 'right' as const,
    })),
  ]);
  const rows = figures.map(({ endpoint, answers, clientErrors, serverErrors, unanswered, times }) => {
    const counts = [answers, clientErrors, serverErrors, unanswered].map(formatNumber);
    const shown =
      times === undefined ? ['', '', '', ''] : [times.p50, times.p95, times.p99, times.max].map(formatNumber);
    return markdownRow([markdownCode(endpoint), ...counts, ...shown]);
  });
  const lines = [...head, ...within(rows, BYTES.endpoints, 'endpoints', 9)];
  return rows.length <= 10 ? lines : ['<details><summary>Endpoints</summary>', '', ...lines, '', '</details>'];
}

const FIRST_BYTE = 'http.response_time';

/** Windows without an answer have no quantile; a bar of no height stands for them. */
function courseSection({ windows }: RunRecord): string[] {
  if (windows.length < 2) return [];
  const rates = windows.map(({ counters, durationMs }) => (counters['http.requests'] ?? 0) / (durationMs / 1000));
  const p95 = windows.map(({ histograms }) => {
    const sketch = histograms[FIRST_BYTE] === undefined ? undefined : decodeSketch(histograms[FIRST_BYTE]);
    return sketch === undefined || sketch.count === 0 ? 0 : quantileOf(sketch, 0.95);
  });
  return [
    '```',
    `requests    ${sparkline(rates)} up to ${formatQuantity(Math.max(...rates), '/s')}`,
    `first byte  ${sparkline(p95)} p95 up to ${formatQuantity(Math.max(...p95), 'ms')}`,
    '```',
  ];
}

function errorSection(record: RunRecord): string[] {
  const examples = record.errorExamples ?? [];
  const rows = errorCounts(record).map(({ error, count }) => {
    const example = examples.find(({ kind, said }) => kind === error && said !== undefined);
    return `- ${formatNumber(count)} × ${markdownCode(error)}${example === undefined ? '' : inShort(example)}`;
  });
  return rows.length === 0 ? [] : ['**Errors**', '', ...within(rows, BYTES.errors, 'kinds of error')];
}

function inShort({ endpoint, said = '' }: ErrorExample): string {
  const where = endpoint === undefined ? '' : `${markdownCode(endpoint)}: `;
  return `, for example ${where}${markdownCode(said)}`;
}

function generatorSection({ validity }: RunRecord): string[] {
  if (validity === undefined) return [];
  const notes = validity.findings
    .filter(({ outcome }) => outcome === 'not valid')
    .map(({ text }) => `- ${markdownText(text)}`);
  const state = validity.outcome === 'valid' ? 'kept up' : 'was the bottleneck';
  return [`Generator ${state} (${generatorFigures(validity)})`, ...within(notes, BYTES.generator, 'findings')];
}

/** As many rows as fit; then one that says how many are left. @param columns of a table; absent: a list. */
function within(rows: readonly string[], bytes: number, what: string, columns?: number): string[] {
  let used = 0;
  const fitting = rows.findIndex((row) => {
    used += Buffer.byteLength(row) + 1;
    return used > bytes;
  });
  if (fitting < 0) return [...rows];
  const rest = `and ${formatNumber(rows.length - fitting)} more ${what}, in the report`;
  const last =
    columns === undefined ? `- ${rest}` : markdownRow(['', rest, ...Array.from({ length: columns - 2 }, () => '')]);
  return [...rows.slice(0, fitting), last];
}

function signed(share: number): string {
  return `${share > 0 ? '+' : ''}${formatNumber(Number((share * 100).toPrecision(3)))} %`;
}

function capitalised(text: string): string {
  return /^[a-z]+ /.test(text) && !/^p\d/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
