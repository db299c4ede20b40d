import { answerTo } from '../answers/answer.ts';
import { isSuccess } from '../answers/expectation.ts';
import { idIn, parseObject, textIn } from '../answers/json.ts';
import { departureOf, nameOf } from '../answers/request.ts';
import type { HttpResponse, RequestParams, VUContext, VUEvents } from '../artillery-types.ts';
import { complain, measure } from '../metrics.ts';
import { createWatch, isHopeless, pauseBeforeLook, type Watch } from '../polling.ts';
import { drawRecentRange } from '../time-range.ts';
import { userOf } from '../virtual-user.ts';

interface Report extends Watch {
  readonly id: string;
  /** It is there, it failed, or nobody waits for it any longer. */
  isOver: boolean;
}

interface ReportVariables {
  report?: Report | undefined;
}

const KINDS = ['incident-summary', 'threat-landscape', 'analyst-activity'];

/** For `beforeRequest` of `POST /reports`: one of the kinds, over a span that people look at. */
export async function orderReport(request: RequestParams, context: VUContext): Promise<void> {
  const random = userOf(context).stream('report');
  request.json = { kind: random.pick(KINDS), ...drawRecentRange(random) };
}

/** For `afterResponse` of `POST /reports`: starts the clock of `reports.completion_time`. */
export async function watchReport(
  request: RequestParams,
  response: HttpResponse,
  context: VUContext,
  events: VUEvents,
): Promise<void> {
  const variables: ReportVariables = context.vars;
  const answer = answerTo(request, response);
  variables.report = undefined;
  if (!isSuccess(answer.status)) return;
  const id = idIn(parseObject(answer.text));
  if (id === undefined) return complain(events, nameOf(request), 'no report in the answer');
  variables.report = { id, ...createWatch(departureOf(request)), isOver: false };
}

/** A `function:` step: waits before looking for the report (again). */
export async function pauseBeforeReport(context: VUContext): Promise<void> {
  const { report }: ReportVariables = context.vars;
  if (report !== undefined && !report.isOver) await pauseBeforeLook(report);
}

/** For `ifTrue`: a report was ordered and has not come. */
export function awaitsReport(variables: ReportVariables): boolean {
  return variables.report?.isOver === false;
}

/** For `whileTrue`: goes on looking for the report. */
export function reportIsMissing(context: VUContext, done: (goOn: boolean) => void): void {
  done(awaitsReport(context.vars));
}

/** For `afterResponse` of `GET /reports/…`: once the report is done, measures `reports.completion_time`. */
export async function lookForReport(
  request: RequestParams,
  response: HttpResponse,
  context: VUContext,
  events: VUEvents,
): Promise<void> {
  const { report }: ReportVariables = context.vars;
  if (report === undefined || report.isOver) return;
  const nowMs = performance.now();
  const answer = answerTo(request, response);
  const status = isSuccess(answer.status) ? textIn(parseObject(answer.text), 'status') : 'unknown';
  report.looks += 1;
  report.isOver = status === 'done' || status === 'failed' || isHopeless(report, nowMs);
  if (status === 'done') measure(events, 'reports.completion_time', nowMs - report.sinceMs);
  else if (status === undefined) complain(events, nameOf(request), 'no status in the answer');
  else if (report.isOver) complain(events, nameOf(request), status === 'failed' ? 'failed' : 'not done within 20 s');
}
