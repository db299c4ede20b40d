import { addQuery } from '../answers/request.ts';
import type { RequestParams, VUContext } from '../artillery-types.ts';
import { daysOf, drawRecentRange } from '../time-range.ts';
import { userOf } from '../virtual-user.ts';

// A curve with more points than this is nothing a dashboard would draw.
const MOST_DAYS_BY_HOUR = 7;

/** For `beforeRequest` of `/analytics/timeseries`: a curve over a span that people look at. */
export async function askForCurve(request: RequestParams, context: VUContext): Promise<void> {
  const random = userOf(context).stream('curve');
  const range = drawRecentRange(random);
  const metric = random.pick(['documents', 'alerts']);
  // Alerts have no type.
  const groupBy = random.pick(metric === 'alerts' ? ['severity', 'source'] : ['severity', 'source', 'type']);
  const interval = daysOf(range) <= MOST_DAYS_BY_HOUR ? 'hour' : 'day';
  addQuery(request, new URLSearchParams({ metric, interval, groupBy, ...range }));
}

/** For `beforeRequest` of `/analytics/top-talkers`. */
export async function askForTopTalkers(request: RequestParams, context: VUContext): Promise<void> {
  const random = userOf(context).stream('top talkers');
  const [field, limit] = [random.pick(['srcIp', 'host', 'source']), random.pick(['10', '20', '50'])];
  addQuery(request, new URLSearchParams({ field, limit, ...drawRecentRange(random) }));
}

/** For `beforeRequest` of `/analytics/heatmap`. */
export async function askForHeatmap(request: RequestParams, context: VUContext): Promise<void> {
  addQuery(request, new URLSearchParams({ ...drawRecentRange(userOf(context).stream('heatmap')) }));
}
