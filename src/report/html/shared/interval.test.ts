import { expect, test } from 'vitest';
import { elapsed } from './elapsed.ts';
import { binsOf, binsPerPoint, pointStarts } from './interval.ts';
import type { ReportData } from './report-data.ts';
import { visibleText } from './visible-text.ts';

const data = (bins: number, binMs: number): ReportData => ({ bins, binMs }) as unknown as ReportData;

test('an interval takes the bins whose middle lies in it, and never leaves the run', () => {
  expect(binsOf(data(10, 1000), { fromMs: 1400, toMs: 4600 })).toEqual({ from: 1, to: 5 });
  expect(binsOf(data(10, 1000), { fromMs: -500, toMs: 99_000 })).toEqual({ from: 0, to: 10 });
});

test('points stand for a length of time that people count in, and for whole bins', () => {
  expect(binsPerPoint(data(1800, 1000), { fromMs: 0, toMs: 1_800_000 }, 300)).toBe(10);
  expect(binsPerPoint(data(1800, 1000), { fromMs: 0, toMs: 20_000 }, 300)).toBe(1);
  expect(binsPerPoint(data(18, 10_000), { fromMs: 0, toMs: 180_000 }, 300)).toBe(1);
  expect(binsPerPoint(data(1000, 10_000), { fromMs: 0, toMs: 10_000_000 }, 300)).toBe(6);
});

test('points begin at the same moments whatever part is looked at', () => {
  expect(pointStarts(data(100, 1000), { fromMs: 7000, toMs: 21_000 }, 5)).toEqual([5, 10, 15, 20]);
});

test('moments are said as minutes and seconds, from an hour on with hours', () => {
  expect([0, 59_499, 60_000, 3_599_600, 3_600_000, 37_230_000].map(elapsed)).toEqual([
    '0:00',
    '0:59',
    '1:00',
    '1:00:00',
    '1:00:00',
    '10:20:30',
  ]);
});

test('characters that turn letters around are replaced, and nothing else', () => {
  expect(visibleText('\u202Egnp.exe \u2066x\u2069 שלום é')).toBe('\uFFFDgnp.exe \uFFFDx\uFFFD שלום é');
});
