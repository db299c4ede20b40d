import type { SystemSeries } from '../../../record/system/index.ts';

/** Of a text behind a label, such as a statement, so many characters are shown beside a line. */
const TEXT_LENGTH = 60;

/**
 * Short names for the lines of one lane, each another one: what all of them have in common is left out.
 *
 * @param texts what stands behind the values of labels.
 */
export function shownSeries(lines: readonly SystemSeries[], texts: Readonly<Record<string, string>>): string[] {
  const metrics = new Set(lines.map(({ metric, figure }) => `${metric} ${figure}`));
  const shared = sharedLabels(lines);
  const names = lines.map((line) => {
    const values = Object.entries(line.labels)
      .filter(([label, value]) => lines.length === 1 || shared.get(label) !== value)
      .map(([, value]) => shortText(texts[value] ?? value));
    const labels = values.join(' ');
    return metrics.size === 1 && labels !== '' ? labels : `${metricName(line)} ${labels}`.trim();
  });
  return names.map((name, index) => (names.indexOf(name) === index ? name : `${name} (${index + 1})`));
}

/** Labels that have the same value in all lines. */
function sharedLabels(lines: readonly SystemSeries[]): Map<string, string> {
  const [first] = lines;
  return new Map(
    Object.entries(first?.labels ?? {}).filter(([label, value]) =>
      lines.every(({ labels }) => labels[label] === value),
    ),
  );
}

function metricName({ metric, figure }: SystemSeries): string {
  const name = metric.replace(/^(?:postgres|redis|process|machine|server_timing)\./, '').replaceAll('_', ' ');
  return figure === 'p95' ? `${name} p95` : name;
}

function shortText(text: string): string {
  return text.length > TEXT_LENGTH ? `${text.slice(0, TEXT_LENGTH)}…` : text;
}
