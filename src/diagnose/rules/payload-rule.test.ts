import { describe, expect, test } from 'vitest';
import type { Cause, Finding } from '../answer.ts';
import { diagnose } from '../diagnose.ts';
import type { Evidence } from '../evidence.ts';
import {
  gauge,
  rate,
  type Situation,
  type SyntheticEndpoint,
  statement,
  syntheticEvidence,
} from '../testing/synthetic-evidence.ts';

const SMALL: readonly SyntheticEndpoint[] = [
  { name: 'Search', perSec: 8, ms: 12, bytes: 6_000 },
  { name: 'Alerts', perSec: 6, ms: 4, bytes: 3_000 },
];
const EXPORT: SyntheticEndpoint = { name: 'Export', perSec: 1, ms: 300, bytes: 4_000_000, transferShare: 0.1 };

/** A stranger tells few things: only these series were seen. */
function seeing(metrics: RegExp, situation: Situation): Evidence {
  const evidence = syntheticEvidence({ endpoints: [...SMALL, EXPORT], ...situation });
  return { ...evidence, series: evidence.series.filter(({ metric }) => metrics.test(metric)) };
}

function findingsOf(evidence: Evidence): readonly Finding[] {
  const diagnosis = diagnose(evidence);
  return diagnosis.answer === 'bottleneck' ? diagnosis.findings : [];
}

const NOTHING = /^$/;
const cpu: Situation['series'] = [rate('process.cpu', ({ count }) => 0.05 + 0.2 * count('Export'), {}, 'cores')];

describe('large answers are named', () => {
  test('by the processor time of a process that tells nothing else', () => {
    const [finding] = findingsOf(seeing(/^process/, { series: cpu }));
    expect(finding).toMatchObject({ cause: 'oversized payload', certainty: 'sure', culprit: 'Export' });
    expect(finding?.seen[0]?.text).toMatch(/^its answers have 4,000 kB on average, those of the others 4[.\d]* kB$/);
    expect(finding?.seen[1]?.text).toMatch(/^each takes (?:1[89]\d|2[01]\d) ms of processor time to make$/);
  });

  test('by the rows that the database reads for each', () => {
    const texts = { export: 'SELECT * FROM documents ORDER BY id' };
    const series = statement('export', ({ count }) => count('Export'), 120, 20_000);
    const [finding] = findingsOf(seeing(/^postgres/, { series, texts }));
    expect(finding).toMatchObject({ cause: 'oversized payload', certainty: 'sure', culprit: 'Export' });
    expect(JSON.stringify(finding?.seen)).toContain('20,000 rows are read for each: SELECT * FROM documents');
  });

  test('by the time that they are on their way, which is less certain', () => {
    const endpoints = [...SMALL, { ...EXPORT, transferShare: 0.6 }];
    const [finding] = findingsOf(seeing(NOTHING, { endpoints }));
    expect(finding).toMatchObject({ cause: 'oversized payload', certainty: 'likely', culprit: 'Export' });
  });

  test('also where the event loop says that it is busy all of the time, waiting for a processor', () => {
    const busy = gauge('nodejs_eventloop_utilization_ratio', ({ random }) => 0.9 + 0.1 * random.next());
    const evidence = seeing(/^(?:process|nodejs_eventloop)/, { series: [busy, ...cpu] });
    expect(findingsOf(evidence)[0]).toMatchObject({ cause: 'oversized payload', culprit: 'Export' });
  });
});

test('says nothing about large answers of which only their size is known', () => {
  expect(findingsOf(seeing(NOTHING, {}))).toEqual([]);
});

test.each([
  ['99 kB are not large', 99_000, 6_000, []],
  ['101 kB are', 101_000, 6_000, ['oversized payload']],
  ['nine times as much as the others is not', 540_000, 60_000, []],
  ['eleven times as much is', 660_000, 60_000, ['oversized payload']],
] as [string, number, number, Cause[]][])('%s', (_, bytes, othersBytes, expected) => {
  const endpoints = [...SMALL.map((each) => ({ ...each, bytes: othersBytes })), { ...EXPORT, bytes }];
  const causes = findingsOf(seeing(/^process/, { endpoints, series: cpu })).map(({ cause }) => cause);
  expect(causes).toEqual(expected);
});
