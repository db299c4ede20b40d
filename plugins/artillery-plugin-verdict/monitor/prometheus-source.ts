import {
  exporterDown,
  type PrometheusText,
  parsePrometheusText,
  prometheusReadings,
  statementTextsIn,
} from 'proving-ground/record/system/index.ts';
import { shownText } from './postgres/statements.ts';
import { ANSWER_TIMEOUT_MS, type Source } from './source.ts';

/** Longer answers are not metrics, or too many to ask for every second. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Metrics in the text format of Prometheus.
 *
 * @param address with user and password, if it needs them. @param metrics only these; `*` stands for any characters.
 */
export function prometheusSource(system: string, address: string, metrics: readonly string[] | undefined): Source {
  const { url, where, headers } = requestFor(address);
  const wanted = matcherOf(metrics);
  const texts = new Map<string, string>();
  return {
    origin: { system, kind: 'prometheus' },
    where,
    look: async () => {
      const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
      // A redirect could lead to where nothing may be asked.
      const response = await fetch(url, { headers, redirect: 'manual', signal });
      if (response.status !== 200) {
        await response.body?.cancel();
        throw new Error(`answered with status ${response.status}`);
      }
      const told = parsed(await response.text(), wanted);
      const down = exporterDown(told);
      if (down !== undefined) throw new Error(`it cannot reach what it tells of (${down} is 0)`);
      for (const [id, text] of Object.entries(statementTextsIn(told.samples))) texts.set(id, shownText(text));
      return prometheusReadings(told);
    },
    texts: () => Object.fromEntries(texts),
    close: () => undefined,
  };
}

function parsed(text: string, wanted: (name: string) => boolean): PrometheusText {
  if (text.length > MAX_BYTES) throw new Error(`answered with more than ${MAX_BYTES / 1024 / 1024} MB`);
  const told = parsePrometheusText(text, wanted);
  if (told.samples.length > 0) return told;
  throw new Error('answered without any metric that is wanted');
}

function requestFor(address: string): { url: string; where: string; headers: Record<string, string> } {
  const url = new URL(address);
  const { username, password } = url;
  url.username = '';
  url.password = '';
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return {
    url: url.href,
    where: `${url.origin}${url.pathname}`,
    headers: {
      accept: 'text/plain;version=0.0.4',
      ...(username === '' ? {} : { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }),
    },
  };
}

/** Also takes the parts of histograms, which a reader means with the name of the whole. */
function matcherOf(metrics: readonly string[] | undefined): (name: string) => boolean {
  if (metrics === undefined) return () => true;
  const patterns = metrics.map((pattern) => {
    const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
    return new RegExp(`^${escaped}(?:_bucket|_sum|_count)?$`);
  });
  const known = new Map<string, boolean>();
  return (name) => {
    const answer = known.get(name) ?? patterns.some((pattern) => pattern.test(name));
    known.set(name, answer);
    return answer;
  };
}
