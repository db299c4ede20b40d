import { describe, expect, test } from 'vitest';
import { judgeValidity } from './judge-validity.ts';
import { CALM, evidenceOf, metricsOf, phaseOf, ROOMY, secondsOf } from './testing/evidence-of.ts';

function findingOf(rule: string, changes: Parameters<typeof evidenceOf>[1]) {
  return judgeValidity(evidenceOf(100, changes)).findings.find((finding) => finding.rule === rule);
}

test('a run in which everything was in order is valid, and says by which figures', () => {
  const metrics = metricsOf(
    { 'vusers.created': 10_000 },
    { 'generator.send_lag': Array.from({ length: 200 }, () => 0.4) },
  );
  const { outcome, enforced, figures, findings } = judgeValidity(evidenceOf(100, { metrics }));
  expect({ outcome, enforced }).toEqual({ outcome: 'valid', enforced: true });
  expect(figures).toMatchObject({ lateShare: 0, arrivalShare: 1 });
  expect(figures.utilisation).toBeCloseTo(0.2);
  expect(figures.sendLagP99Ms).toBeCloseTo(0.4, 1);
  expect(findings.map(({ rule, outcome: each }) => `${rule}: ${each}`)).toEqual([
    'send lag: ok',
    'event loop: ok',
    'arrivals: ok',
  ]);
});

describe('what is not known is not fine', () => {
  test('a run of which no worker told anything is not valid', () => {
    const { outcome, figures, findings } = judgeValidity(evidenceOf(100, { generator: [] }));
    expect(outcome).toBe('not valid');
    expect(findings).toContainEqual(expect.objectContaining({ rule: 'measured', outcome: 'not valid' }));
    expect(figures.utilisation).toBeUndefined();
  });

  test('every worker must have told of 95 % of the run', () => {
    const silent = (from: number) => secondsOf(100).filter(({ at }) => at < 20 || at >= from);
    expect(findingOf('measured', { generator: silent(25) })).toBeUndefined();
    expect(findingOf('measured', { generator: silent(26) })).toMatchObject({
      outcome: 'not valid',
      text: 'a worker told how it was for only 94 % of the run',
    });
    const second = silent(40).map((each) => ({ ...each, worker: 2 }));
    expect(findingOf('measured', { generator: [...secondsOf(100), ...second] })?.outcome).toBe('not valid');
  });
});

describe('requests that could not leave the generator', () => {
  const judge = (counters: Record<string, number>) =>
    findingOf('errors of the generator', { metrics: metricsOf({ 'http.requests': 10_000, ...counters }) });

  test('are noted up to one in a thousand, and make a run not valid from there on', () => {
    expect(judge({ 'errors.EMFILE': 10 })?.outcome).toBe('noted');
    expect(judge({ 'errors.EMFILE': 6, 'errors.EADDRNOTAVAIL': 5 })).toMatchObject({
      outcome: 'not valid',
      text: '11 requests (0.11 %) could not leave the generator: EMFILE, EADDRNOTAVAIL',
    });
  });

  test('are told with their phase and what to do', () => {
    const metrics = metricsOf({ 'errors.EADDRNOTAVAIL': 50, 'http.requests': 100 });
    const finding = findingOf('errors of the generator', { metrics, phases: [phaseOf(100, { metrics })] });
    expect(finding?.text).toContain('during "Steady"');
    expect(finding?.advice).toContain('local ports ran out');
    expect(finding?.intervals).toEqual([{ from: 0, to: 100, worst: 50 }]);
  });

  test.each(['errors.ECONNREFUSED', 'errors.ETIMEDOUT', 'errors.ECONNRESET', 'errors.NOTEMFILE'])(
    '%s is not one of them',
    (name) => {
      expect(judge({ [name]: 5000 })).toBeUndefined();
    },
  );
});

describe('notes leave a run valid', () => {
  test.each([
    ['descriptors', { descriptors: 921 }, undefined],
    ['descriptors', { descriptors: 922 }, 'noted'],
    ['descriptors', { ports: 0.89 }, undefined],
    ['descriptors', { ports: 0.9 }, 'noted'],
    ['descriptors', { descriptors: null, descriptorLimit: null, ports: null }, undefined],
    ['processors', { cpu: 0.94 }, undefined],
    ['processors', { cpu: 0.95 }, 'noted'],
    ['processors', { steal: 0.1 }, 'noted'],
    ['processors', { cpu: null, steal: null }, undefined],
  ])('%s: %o', (rule, machine, outcome) => {
    const changes = { machine: [{ ...ROOMY, ...machine }] };
    expect(findingOf(rule, changes)?.outcome).toBe(outcome);
    expect(judgeValidity(evidenceOf(100, changes)).outcome).toBe('valid');
  });

  test('a worker that waits for a processor is noted from a fifth of the time on', () => {
    const waiting = (share: number | null) => secondsOf(100).map((second) => ({ ...second, waiting: share }));
    expect(findingOf('processors', { generator: waiting(0.19) })).toBeUndefined();
    expect(findingOf('processors', { generator: waiting(null) })).toBeUndefined();
    expect(findingOf('processors', { generator: waiting(0.21) })?.text).toContain('waited for a processor for 21 %');
  });

  test('a busy loop is noted where the engine does not spin, from 70 % on', () => {
    const busy = (utilisation: number) =>
      secondsOf(100).map((second) => ({ ...second, utilisation, sendLagP99Ms: 0.3 }));
    const noteOf = (utilisation: number) =>
      judgeValidity(evidenceOf(100, { generator: busy(utilisation) })).findings.filter(({ text }) =>
        text.includes('busy'),
      );
    expect(noteOf(0.69)).toEqual([]);
    expect(noteOf(0.7)).toHaveLength(1);
    expect(
      findingOf('event loop', { generator: secondsOf(100).map(() => ({ ...CALM, utilisation: 1 })) })?.outcome,
    ).toBe('ok');
  });

  test('maxVusers that turned users away is the slowness of the system, and not a fault of the generator', () => {
    const metrics = metricsOf({ 'vusers.created': 300, 'vusers.skipped': 9_700 });
    const record = judgeValidity(evidenceOf(100, { metrics, phases: [phaseOf(100, { metrics })] }));
    expect(record.outcome).toBe('valid');
    expect(record.findings.at(-1)).toMatchObject({
      rule: 'maxVusers',
      text: expect.stringContaining('9,700 of 10,000 users were turned away'),
    });
  });
});

test('a run that is judged and not enforced says so', () => {
  const options = { maxSendLag: 10, enforce: false };
  expect(judgeValidity(evidenceOf(100, { generator: [], options }))).toMatchObject({
    outcome: 'not valid',
    enforced: false,
  });
});
