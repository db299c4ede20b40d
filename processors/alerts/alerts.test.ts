import { describe, expect, test } from 'vitest';
import { isExpected } from '../answers/expectation.ts';
import type { VUContext } from '../artillery-types.ts';
import { arrive, errorsIn, recordEvents, requestTo, respond } from '../testing/hook-bench.ts';
import {
  allowOthersToBeFaster,
  chooseView,
  closesAlert,
  expectRefusalOfAnalysts,
  handsOver,
  hasAlert,
  noteWhoWasFaster,
  pickAlert,
  wantsNote,
} from './alerts.ts';

const OPEN = { id: 7, severity: 4, status: 'open' };

async function withAlert(vars: Record<string, unknown>, alert: object, ackStatus = 200): Promise<VUContext> {
  const context = arrive('Triage', vars);
  await pickAlert(requestTo('/alerts'), respond(200, { items: [alert] }), context, recordEvents());
  await noteWhoWasFaster(requestTo('/alerts/7/ack'), respond(ackStatus), context, recordEvents());
  return context;
}

async function expectedToClose(context: VUContext, status: number): Promise<boolean> {
  const request = requestTo('/alerts/7');
  await expectRefusalOfAnalysts(request, context);
  return isExpected(request, status);
}

describe('the list of alerts', () => {
  test('is asked for open alerts, a page at a time', async () => {
    const views = new Set<string>();
    for (let user = 0; user < 100; user += 1) {
      const request = requestTo('/alerts');
      await chooseView(request, arrive('Views'));
      views.add(String(request.url));
    }
    expect([...views].sort()).toEqual([
      '/alerts?status=open&assignee=none&limit=25',
      '/alerts?status=open&limit=25',
      '/alerts?status=open&severity=3&limit=25',
    ]);
  });

  test('gives an open alert to work on', async () => {
    const context = arrive('Triage');
    const items = [{ id: 6, severity: 4, status: 'closed' }, OPEN, { severity: 3, status: 'open' }];
    await pickAlert(requestTo('/alerts'), respond(200, { items: items.slice(0, 2) }), context, recordEvents());
    expect(context.vars.alert).toMatchObject({ id: '7', severity: 4, isMine: false });
  });

  test('gives none when nothing is open, which is no error', async () => {
    const [context, events] = [arrive('Triage'), recordEvents()];
    await pickAlert(requestTo('/alerts'), respond(200, { items: [] }), context, events);
    expect([hasAlert(context.vars), errorsIn(events)]).toEqual([false, []]);
  });

  test('is an error when it is no list', async () => {
    const events = recordEvents();
    await pickAlert(requestTo('/alerts', { name: 'List alerts' }), respond(200, '{}'), arrive('Triage'), events);
    expect(errorsIn(events)).toEqual(['errors.List alerts: no list of alerts in the answer']);
  });
});

describe('acknowledging', () => {
  test.each([200, 409])('takes %i for an answer', async (status) => {
    const request = requestTo('/alerts/7/ack');
    await allowOthersToBeFaster(request);
    expect(isExpected(request, status)).toBe(true);
    expect(isExpected(request, 404)).toBe(false);
  });

  test('leaves an alert alone that somebody else has taken', async () => {
    const context = await withAlert({ role: 'lead' }, OPEN, 409);
    expect([closesAlert(context.vars), handsOver(context.vars), wantsNote(context.vars)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  test.each([
    [200, 'alerts.acknowledged'],
    [409, 'alerts.taken_by_others'],
  ])('counts %i as %s', async (status, counter) => {
    const events = recordEvents();
    await noteWhoWasFaster(requestTo('/alerts/7/ack'), respond(status), arrive('Triage'), events);
    expect(Object.fromEntries(events.counters)).toEqual({ [counter]: 1 });
  });
});

describe('closing', () => {
  test.each([
    ['analyst', 4, 403],
    ['analyst', 3, 200],
    ['lead', 4, 200],
    ['admin', 4, 200],
  ])('by somebody who is %s, of an alert of severity %i, must be answered with %i', async (role, severity, status) => {
    const context = await withAlert({ role }, { ...OPEN, severity });
    expect([
      await expectedToClose(context, status),
      await expectedToClose(context, status === 200 ? 403 : 200),
    ]).toEqual([true, false]);
  });

  test('is left to a lead by most analysts when the alert is critical; some overlook it', async () => {
    let overlooked = 0;
    for (let user = 0; user < 300; user += 1) {
      const context = await withAlert({ role: 'analyst' }, OPEN);
      expect(handsOver(context.vars)).toBe(true);
      if (closesAlert(context.vars)) overlooked += 1;
    }
    expect(overlooked).toBeGreaterThan(10);
    expect(overlooked).toBeLessThan(60);
  });

  test('is what everybody else does, who has nothing to hand over', async () => {
    const context = await withAlert({ role: 'lead' }, OPEN);
    expect([closesAlert(context.vars), handsOver(context.vars)]).toEqual([true, false]);
  });
});
