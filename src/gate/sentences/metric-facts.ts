import type { Measurements } from '../../record/index.ts';
import { mergeSketches, type Sketch } from '../../stats/index.ts';
import type { Facts } from './facts.ts';
import type { Subject } from './sentence.ts';
import { valuesOfSketch } from './values.ts';

const JOURNEY_STARTED = 'vusers.created_by_name.';
const ENDPOINT_TIME = 'plugins.metrics-by-endpoint.response_time.';
const ENDPOINT_COUNTER = /^plugins\.metrics-by-endpoint\.(?<endpoint>.+)\.(?:codes\.(?<code>\d{3})|errors\.[^.]+)$/;

/** What counters and histograms tell about the subject of a sentence. */
export function factsOfMetrics(subject: Subject, measured: Measurements): Facts {
  switch (subject.kind) {
    case 'all requests':
      return requestFacts(measured, () => true, measured.histograms['http.response_time']);
    case 'metric':
      return metricFacts(subject.name, measured);
    case 'named':
      return isStartedJourney(subject.name, measured)
        ? journeyFacts(subject.name, measured)
        : endpointFacts(subject.name, measured);
  }
}

/** Virtual users that were started: those of the journey, if the subject is one. */
export function startedUsers(subject: Subject, { counters }: Measurements): number {
  const ofJourney = subject.kind === 'named' ? counters[`${JOURNEY_STARTED}${subject.name}`] : undefined;
  return ofJourney ?? counters['vusers.created'] ?? 0;
}

/** Whether any user began the journey of this name. */
export function isStartedJourney(name: string, { counters }: Pick<Measurements, 'counters'>): boolean {
  return counters[`${JOURNEY_STARTED}${name}`] !== undefined;
}

/** The part of the measurements that a sentence about this subject needs; the rest costs only time to add up. */
export function relevantTo(subject: Subject, { counters, events, histograms }: Measurements): Measurements {
  const isRelevant = (name: string): boolean => name === 'vusers.created' || concerns(subject, name);
  return {
    counters: pick(counters, isRelevant),
    events: pick(events, isRelevant),
    histograms: pick(histograms, isRelevant),
  };
}

function concerns(subject: Subject, name: string): boolean {
  switch (subject.kind) {
    case 'all requests':
      return name === 'http.response_time' || ENDPOINT_COUNTER.test(name);
    case 'named':
      return name.includes(subject.name);
    case 'metric':
      return name === subject.name;
  }
}

function pick<V>(record: Readonly<Record<string, V>>, isWanted: (name: string) => boolean): Record<string, V> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => isWanted(name)));
}

function endpointFacts(name: string, measured: Measurements): Facts {
  // Without useOnlyRequestNames, metrics-by-endpoint calls it "/search (Search)".
  const isIt = (endpoint: string): boolean => endpoint === name || endpoint.endsWith(` (${name})`);
  const sketches = Object.entries(measured.histograms).flatMap(([metric, sketch]) =>
    metric.startsWith(ENDPOINT_TIME) && isIt(metric.slice(ENDPOINT_TIME.length)) ? [sketch] : [],
  );
  const [first, ...others] = sketches;
  return requestFacts(measured, isIt, first && others.reduce(mergeSketches, first));
}

/** A request fails when there is no answer, or the server says that it is to blame (5xx). */
function requestFacts(
  { counters }: Measurements,
  isIt: (endpoint: string) => boolean,
  values: Sketch | undefined,
): Facts {
  let [answers, failed, attempts] = [0, 0, 0];
  for (const [metric, count] of Object.entries(counters)) {
    const groups = ENDPOINT_COUNTER.exec(metric)?.groups;
    if (groups?.endpoint === undefined || !isIt(groups.endpoint)) continue;
    attempts += count;
    if (groups.code !== undefined) answers += count;
    if (groups.code === undefined || groups.code.startsWith('5')) failed += count;
  }
  return { values: valuesOfSketch(values), count: answers, failed, attempts };
}

/** The names are those that the verdict plugin in the workers gives to the ends of journeys. */
function journeyFacts(name: string, { counters, histograms }: Measurements): Facts {
  const started = counters[`${JOURNEY_STARTED}${name}`] ?? 0;
  const failed = counters[`journeys.${name}.failed`] ?? 0;
  return { values: valuesOfSketch(histograms[`journeys.${name}.time`]), count: started, failed, attempts: started };
}

function metricFacts(name: string, { counters, events, histograms }: Measurements): Facts {
  const sketch = histograms[name];
  const count = counters[name] ?? events[name] ?? sketch?.count;
  return { values: valuesOfSketch(sketch), count, failed: 0, attempts: 0 };
}
