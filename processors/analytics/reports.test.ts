import { describe, expect, test } from 'vitest';
import type { VUContext } from '../artillery-types.ts';
import {
  arrive,
  errorsIn,
  goesOn,
  type RecordedEvents,
  recordEvents,
  requestTo,
  respond,
} from '../testing/hook-bench.ts';
import { awaitsReport, lookForReport, orderReport, reportIsMissing, watchReport } from './reports.ts';

async function order(events: RecordedEvents, body: unknown = { id: 'r-1', status: 'queued' }): Promise<VUContext> {
  const context = arrive('Report');
  await watchReport(requestTo('/reports', { name: 'Order report' }), respond(202, body), context, events);
  return context;
}

function look(context: VUContext, events: RecordedEvents, body: unknown, status = 200): Promise<void> {
  return lookForReport(requestTo('/reports/r-1', { name: 'Look for report' }), respond(status, body), context, events);
}

test('a report is ordered with a kind and a span', async () => {
  const request = requestTo('/reports');
  await orderReport(request, arrive('Report'));
  expect(request.json).toEqual({
    kind: expect.stringMatching(/^[a-z]+-[a-z]+$/),
    from: expect.any(String),
    to: expect.any(String),
  });
});

describe('waiting for a report', () => {
  test('ends when it is done, and measures its completion', async () => {
    const events = recordEvents();
    const context = await order(events);
    await look(context, events, { id: 'r-1', status: 'running' });
    expect(goesOn(reportIsMissing, context)).toBe(true);
    await look(context, events, { id: 'r-1', status: 'done', result: {} });
    expect(goesOn(reportIsMissing, context)).toBe(false);
    expect(events.samples.get('reports.completion_time')).toHaveLength(1);
  });

  test('ends with an error when the report failed', async () => {
    const events = recordEvents();
    const context = await order(events);
    await look(context, events, { id: 'r-1', status: 'failed' });
    expect([goesOn(reportIsMissing, context), errorsIn(events)]).toEqual([false, ['errors.Look for report: failed']]);
    expect(events.samples.size).toBe(0);
  });

  test('goes on through an answer without a status, which is an error, and through one that failed', async () => {
    const events = recordEvents();
    const context = await order(events);
    await look(context, events, '<html>');
    expect([goesOn(reportIsMissing, context), errorsIn(events)]).toEqual([
      true,
      ['errors.Look for report: no status in the answer'],
    ]);
    await look(context, events, '', 500);
    expect([goesOn(reportIsMissing, context), errorsIn(events).length]).toEqual([true, 1]);
  });

  test('ends with an error after 50 looks', async () => {
    const events = recordEvents();
    const context = await order(events);
    for (let number = 1; number < 50; number += 1) await look(context, events, { status: 'running' });
    expect([goesOn(reportIsMissing, context), errorsIn(events)]).toEqual([true, []]);
    await look(context, events, { status: 'running' });
    expect([goesOn(reportIsMissing, context), errorsIn(events)]).toEqual([
      false,
      ['errors.Look for report: not done within 20 s'],
    ]);
  });

  test('does not begin when no report was promised', async () => {
    const events = recordEvents();
    const context = await order(events, '{}');
    expect([awaitsReport(context.vars), goesOn(reportIsMissing, context)]).toEqual([false, false]);
    expect(errorsIn(events)).toEqual(['errors.Order report: no report in the answer']);
  });
});
