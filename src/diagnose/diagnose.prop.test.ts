import { expect, test } from 'vitest';
import { createRandom } from '../stats/index.ts';
import type { Diagnosis } from './answer.ts';
import { diagnose } from './diagnose.ts';
import type { Evidence, EvidenceSeries } from './evidence.ts';
import { SITUATIONS } from './testing/situations.ts';
import { type Situation, syntheticEvidence } from './testing/synthetic-evidence.ts';

const ALL: readonly (readonly [string, Situation])[] = [['nothing', {}], ...Object.entries(SITUATIONS)];

/** What does not depend on how numbers are written. */
function essence(diagnosis: Diagnosis): unknown {
  if (diagnosis.answer !== 'bottleneck') return diagnosis.answer;
  return diagnosis.findings.map(({ cause, culprit, delayed, certainty, share }) => {
    return { cause, culprit, delayed, certainty, share: Number(share.value.toPrecision(9)) };
  });
}

const PER_TIME: ReadonlySet<string> = new Set(['1/s']);
const TIMES: ReadonlySet<string> = new Set(['s', 'ms']);

/** The same run on a clock that goes slower: all times longer, all rates lower, all shares as they were. */
function slowed(evidence: Evidence, factor: number): Evidence {
  const { requests } = evidence;
  const times = (values: ArrayLike<number>): number[] => Array.from(values, (value) => value * factor);
  const scaleOf = ({ unit }: EvidenceSeries): number =>
    PER_TIME.has(unit) ? 1 / factor : TIMES.has(unit) ? factor : 1;
  return {
    ...evidence,
    stepMs: evidence.stepMs * factor,
    requests: {
      ...requests,
      dueMs: times(requests.dueMs),
      responseMs: times(requests.responseMs),
      transferMs: times(requests.transferMs),
    },
    series: evidence.series.map((series) => ({
      ...series,
      values: series.values.map((value) => (value === null ? null : value * scaleOf(series))),
    })),
  };
}

/** The same numbers in other units. */
function inMilliseconds(evidence: Evidence): Evidence {
  const series = evidence.series.map((each): EvidenceSeries => {
    if (each.unit !== 's') return each;
    return { ...each, unit: 'ms', values: each.values.map((value) => (value === null ? null : value * 1000)) };
  });
  return { ...evidence, series };
}

test.each(ALL)('does not depend on the length of a second (%s)', (_, situation) => {
  const evidence = syntheticEvidence(situation);
  for (const factor of [0.125, 16])
    expect(essence(diagnose(slowed(evidence, factor)))).toEqual(essence(diagnose(evidence)));
});

test.each(ALL)('does not depend on the units of series (%s)', (_, situation) => {
  const evidence = syntheticEvidence(situation);
  expect(essence(diagnose(inMilliseconds(evidence)))).toEqual(essence(diagnose(evidence)));
});

test.each(ALL)('is not led astray by series that have nothing to do with it (%s)', (name, situation) => {
  const random = createRandom(`noise ${name}`);
  const evidence = syntheticEvidence(situation);
  const noise = (metric: string, valueAt: (at: number) => number): EvidenceSeries => ({
    ...{ system: 'Other', kind: 'prometheus', metric, labels: {}, figure: 'value', unit: '' },
    values: Array.from({ length: 60 }, (_each, at) => valueAt(at)),
  });
  const series = [
    noise('orders_total_amount', () => 1e6 * random.next()),
    noise('room_temperature', (at) => 20 + at),
    noise('active_sessions', (at) => 2 ** (at / 6)),
    ...evidence.series,
    noise('spikes', (at) => (at % 15 === 0 ? 1e9 : 0)),
  ];
  expect(essence(diagnose({ ...evidence, series }))).toEqual(essence(diagnose(evidence)));
});

test.each(ALL)('does not depend on the order of requests and series (%s)', (_, situation) => {
  const evidence = syntheticEvidence(situation);
  const { requests } = evidence;
  const turned = (values: ArrayLike<number>): number[] => Array.from(values).reverse();
  const backwards = {
    ...requests,
    endpoint: turned(requests.endpoint),
    dueMs: turned(requests.dueMs),
    responseMs: turned(requests.responseMs),
    transferMs: turned(requests.transferMs),
    status: turned(requests.status),
    bytes: turned(requests.bytes),
  };
  const other = { ...evidence, requests: backwards, series: evidence.series.toReversed() };
  expect(essence(diagnose(other))).toEqual(essence(diagnose(evidence)));
});
