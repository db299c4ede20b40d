import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PLAIN } from '../style.ts';
import { exampleRule } from '../testing/example-record.ts';
import { HOSTILE_NAMES, hostileText } from '../testing/hostile-names.ts';
import { widthOf } from '../text-width.ts';
import { liveBlock } from './live-block.ts';
import { liveLines, phaseStartedLine } from './live-lines.ts';
import type { LiveView } from './live-view.ts';

const RULES = [
  exampleRule('error rate < 1 %', 'passed', [
    { subject: 'error rate', operator: '<', observed: 0.1, limit: 1, unit: '%', holds: true },
  ]),
  exampleRule('p95 of "Search" < 300 ms', 'failed', [
    { subject: 'p95 of "Search"', operator: '<', observed: 412.3, limit: 300, unit: 'ms', holds: false },
  ]),
  exampleRule('search.hits.mean > 3', 'no data', [
    { subject: 'search.hits.mean', operator: '>', limit: 3, holds: false },
  ]),
];

const VIEW: LiveView = {
  phase: { name: 'Incident burst', number: 3, of: 5, elapsedMs: 24_000, durationMs: 60_000 },
  hasBegun: true,
  elapsedMs: 84_000,
  plannedMs: 180_000,
  users: { planned: 1240, arrived: 1234, atWork: 37, recentPlannedPerSec: 20, recentPerSec: 20.14 },
  requests: { total: 24_010, failed: 12, recent: 4120, recentFailed: 3, recentPerSec: 412.04 },
  times: { p50: 12.31, p95: 45.2, p99: 120.4, kind: 'response' },
  rules: RULES,
  generator: { keepsUp: true, utilisation: 0.324, lateShare: 0.004, sendLagP99Ms: 1.23 },
};

const at = (width: number, view = VIEW, rows = 30): string[] => liveBlock(view, { style: PLAIN, width, rows });

describe('the block', () => {
  test('on 80 columns', () => {
    expect(at(80)).toEqual([
      'Incident burst  ████████░░░░░░░░░░░░  0:36 left  phase 3 of 5',
      '  Run         1:24 of 3:00   1:36 left',
      '  Users       1,234 of 1,240 planned   20.1/s of 20/s now   37 at work',
      '  Requests    412/s   3 failed (0.073 %)   in all 24,010, 12 failed (0.05 %)',
      '  Times       p50 12.3 ms   p95 45.2 ms   p99 120 ms   response, last 10 s',
      '  Generator   keeps up   event loop 32 %   late 0 %   send lag p99 1.23 ms',
      '  Rules       1 BROKEN so far   1 holds   1 not decided yet',
      '    BROKEN    p95 of "Search"  412 ms  < 300 ms',
      '    ok        error rate        0.1 %     < 1 %',
    ]);
  });

  test('on 60 columns, without what does not fit', () => {
    expect(at(60)).toEqual([
      'Incident bur…  ████████░░░░░░░░░░░░  0:36 left  phase 3 of 5',
      '  Run         1:24 of 3:00   1:36 left',
      '  Users       1,234 of 1,240 planned   20.1/s of 20/s now',
      '  Requests    412/s   3 failed (0.073 %)',
      '  Times       p50 12.3 ms   p95 45.2 ms   p99 120 ms',
      '  Generator   keeps up   event loop 32 %   late 0 %',
      '  Rules       1 BROKEN so far   1 holds   1 not decided yet',
      '    BROKEN    p95 of "Search"  412 ms  < 300 ms',
      '    ok        error rate        0.1 %     < 1 %',
    ]);
  });

  test('says what goes on before, between and after the phases', () => {
    const idle = { ...VIEW, phase: undefined };
    expect(at(80, { ...idle, hasBegun: false, times: undefined, generator: undefined, rules: [] })).toEqual([
      'Starting the workers',
    ]);
    expect([at(80, idle)[0], at(80, { ...idle, elapsedMs: 190_000 })[0]]).toEqual([
      'Between two phases',
      'All phases are over; users finish what they began',
    ]);
  });

  test('says that the generator is too late', () => {
    const late = { keepsUp: false, utilisation: 0.99, lateShare: 0.4, sendLagP99Ms: undefined };
    expect(at(80, { ...VIEW, generator: late })[5]).toBe('  Generator   TOO LATE   event loop 99 %   late 40 %');
  });

  test('is never wider or higher than the terminal, and no name brings an escape sequence', () => {
    fc.assert(
      fc.property(
        hostileText(),
        fc.integer({ min: 60, max: 160 }),
        fc.integer({ min: 12, max: 40 }),
        (name, width, rows) => {
          const rules = HOSTILE_NAMES.map((each) =>
            exampleRule(each, 'failed', [
              { subject: `${each}${name}`, operator: '<', observed: 123_456, limit: 1, unit: 'ms', holds: false },
            ]),
          );
          const phase = { name, number: 10, of: 12, elapsedMs: 3_600_000, durationMs: 9_000_000 };
          const lines = at(width, { ...VIEW, phase, rules }, rows);
          expect(lines.filter((line) => widthOf(line) > width)).toEqual([]);
          expect(lines.length).toBeLessThan(rows);
          expect(lines.join('')).not.toMatch(/\p{Cc}/u);
        },
      ),
      { seed: 4, numRuns: 200 },
    );
  });
});

describe('the lines of a log', () => {
  test('say the same in whole words', () => {
    expect(liveLines(VIEW)).toEqual([
      '  1:24  Incident burst 24 of 60 s, 20.1/s of 20/s users, 412/s requests',
      '        p50 12.3 ms, p95 45.2 ms, p99 120 ms, 3 failed (0.073 %) of 4,120',
      '        rules: 1 BROKEN so far, 1 holds, 1 not decided yet; generator keeps up',
    ]);
    expect(liveLines({ ...VIEW, phase: undefined, times: undefined, generator: undefined, rules: [] })).toEqual([
      '  1:24  Between two phases, 20.1/s of 20/s users, 412/s requests',
      '        no answer, 3 failed (0.073 %) of 4,120',
      '        generator not heard of',
    ]);
  });

  test('announce a phase', () => {
    expect(phaseStartedLine({ name: 'Warm\u001b[31m up\n', number: 1, of: 2, durationMs: 90_000 })).toBe(
      'Phase started: Warm up (90 s, phase 1 of 2)',
    );
  });
});
