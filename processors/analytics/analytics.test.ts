import { describe, expect, test } from 'vitest';
import type { RequestParams, VUContext } from '../artillery-types.ts';
import { arrive, requestTo } from '../testing/hook-bench.ts';
import { daysOf } from '../time-range.ts';
import { askForCurve, askForHeatmap, askForTopTalkers } from './analytics.ts';

async function questionsOf(hook: (request: RequestParams, context: VUContext) => Promise<void>) {
  const questions: Record<string, string>[] = [];
  for (let user = 0; user < 200; user += 1) {
    const request = requestTo('/analytics');
    await hook(request, arrive(hook.name));
    questions.push(Object.fromEntries(new URL(String(request.url), 'http://x').searchParams));
  }
  return questions;
}

const rangeOf = ({ from = '', to = '' }) => ({ from, to });

describe('questions of analytics', () => {
  test.each([askForCurve, askForTopTalkers, askForHeatmap])(
    'span a day to a quarter before the end of the data: %j',
    async (hook) => {
      const questions = await questionsOf(hook);
      expect(new Set(questions.map((question) => daysOf(rangeOf(question))))).toEqual(new Set([1, 7, 30, 90]));
      expect(new Set(questions.map(({ to }) => to))).toEqual(new Set(['2026-07-01T00:00:00Z']));
    },
  );

  test('draw curves by the hour up to a week and by the day above', async () => {
    for (const question of await questionsOf(askForCurve)) {
      expect(question.interval).toBe(daysOf(rangeOf(question)) <= 7 ? 'hour' : 'day');
    }
  });

  test('never group alerts by type, which they do not have', async () => {
    const groups = (await questionsOf(askForCurve))
      .filter(({ metric }) => metric === 'alerts')
      .map(({ groupBy }) => groupBy);
    expect(new Set(groups)).toEqual(new Set(['severity', 'source']));
  });
});
