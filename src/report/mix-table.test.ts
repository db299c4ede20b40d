import { describe, expect, test } from 'vitest';
import type { RunRecord } from '../record/index.ts';
import { mixTable } from './mix-table.ts';
import { styleFor } from './style.ts';

const plain = styleFor({ isTTY: false }, {});

function phase(name: string, plan: object, counters: Record<string, number>): RunRecord['phases'][number] {
  const metrics = { counters, rates: {}, summaries: {}, histograms: {} };
  return { index: 0, name, startedAt: '', plan: { ...plan }, plannedUsers: 0, metrics };
}

describe('the table of mixes', () => {
  test('holds what came against what was planned, the largest share first', () => {
    const counters = {
      'vusers.created': 200,
      'vusers.created_by_name.Report': 81,
      'vusers.created_by_name.Search': 118,
      'vusers.created_by_name.Stray': 1,
    };
    const phases = [phase('Spike', { mix: { Report: 40, Search: 59, Rare: 1 } }, counters)];
    expect(mixTable({ phases }, plain, 80)).toEqual([
      '  Mix of Spike  Users   Share  Planned',
      '  Search          118    59 %     59 %',
      '  Report           81  40.5 %     40 %',
      '  Rare              0     0 %      1 %',
      '  Stray             1   0.5 %      0 %',
    ]);
  });

  test('leaves phases without a mix out', () => {
    expect(mixTable({ phases: [phase('Calm', {}, { 'vusers.created_by_name.A': 3 })] }, plain, 80)).toEqual([]);
  });

  test('gives no shares of nobody', () => {
    const [, line] = mixTable({ phases: [phase('Spike', { mix: { A: 100 } }, {})] }, plain, 80);
    expect(line).toBe('  A                 0           100 %');
  });
});
