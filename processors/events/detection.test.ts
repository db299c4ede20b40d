import { describe, expect, test } from 'vitest';
import { noteDeparture } from '../answers/request.ts';
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
import { alertIsMissing, awaitsAlert, lookForAlert } from './detection.ts';
import { countAccepted, fillAttack, fillBatch, watchForDetection } from './ingest.ts';

async function attack(events: RecordedEvents, receipt: unknown = { batchId: 'b-1', accepted: 12 }): Promise<VUContext> {
  const [context, request] = [arrive('SIEM'), requestTo('/events', { name: 'Send attack' })];
  await fillAttack(request, context);
  noteDeparture(request);
  await watchForDetection(request, respond(202, receipt), context, events);
  return context;
}

function look(context: VUContext, events: RecordedEvents, body: unknown): Promise<void> {
  return lookForAlert(requestTo('/alerts', { name: 'Look for alert' }), respond(200, body), context, events);
}

describe('sending events', () => {
  test.each([fillBatch, fillAttack])('puts JSON into the body: %o', async (fill) => {
    const request = requestTo('/events');
    await fill(request, arrive('SIEM'));
    expect(JSON.parse(String(request.body))).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: expect.any(String) })]),
    );
    expect(request.headers).toEqual({ 'content-type': 'application/json' });
  });

  test('counts what was accepted', async () => {
    const events = recordEvents();
    await countAccepted(requestTo('/events'), respond(202, { batchId: 'b', accepted: 31 }), arrive('SIEM'), events);
    expect(Object.fromEntries(events.counters)).toEqual({ 'events.accepted': 31 });
  });

  test.each(['{}', '<html>', '{"batchId":"b"}'])('complains about the receipt %s', async (body) => {
    const events = recordEvents();
    await countAccepted(requestTo('/events', { name: 'Send events' }), respond(202, body), arrive('SIEM'), events);
    expect(errorsIn(events)).toEqual(['errors.Send events: no batch in the answer']);
  });
});

describe('waiting for the alert', () => {
  test('ends with the first look that shows it, and measures the detection', async () => {
    const events = recordEvents();
    const context = await attack(events);
    await look(context, events, { items: [] });
    expect(goesOn(alertIsMissing, context)).toBe(true);
    await look(context, events, { items: [{ id: 1, correlationMs: 4.5, eventCount: 12 }] });
    expect(goesOn(alertIsMissing, context)).toBe(false);
    expect(events.samples.get('threats.detection_time')).toHaveLength(1);
    expect(events.samples.get('alerts.correlation_time')).toEqual([4.5]);
    expect(errorsIn(events)).toEqual([]);
  });

  test.each([
    [12, [4.5]],
    [13, undefined],
  ])('with %i events in the alert for 12 sent, the correlation time is %j', async (eventCount, expected) => {
    const events = recordEvents();
    const context = await attack(events);
    await look(context, events, { items: [{ id: 1, correlationMs: 4.5, eventCount }] });
    expect(events.samples.get('alerts.correlation_time')).toEqual(expected);
  });

  test('ends with an error after 50 looks', async () => {
    const events = recordEvents();
    const context = await attack(events);
    for (let number = 1; number < 50; number += 1) await look(context, events, { items: [] });
    expect([goesOn(alertIsMissing, context), errorsIn(events)]).toEqual([true, []]);
    await look(context, events, { items: [] });
    expect([goesOn(alertIsMissing, context), errorsIn(events)]).toEqual([
      false,
      ['errors.Look for alert: no alert within 20 s'],
    ]);
  });

  test('does not begin when the attack was not accepted', async () => {
    const context = await attack(recordEvents(), '<html>');
    expect([awaitsAlert(context.vars), goesOn(alertIsMissing, context)]).toEqual([false, false]);
  });
});
