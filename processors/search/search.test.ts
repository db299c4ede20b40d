import { describe, expect, test } from 'vitest';
import type { VUContext } from '../artillery-types.ts';
import { arrive, errorsIn, recordEvents, requestTo, respond } from '../testing/hook-bench.ts';
import { askNextPage, askSearch, readHits, wantsDocument, wantsNextPage } from './search.ts';

const HITS = Array.from({ length: 20 }, (_, rank) => ({ id: 100 + rank }));
const PAGE = { total: 55, page: 1, pageSize: 20, hits: HITS };

async function search(context: VUContext, body: unknown = PAGE, events = recordEvents()) {
  const request = requestTo('/search', { name: 'Search' });
  await askSearch(request, context);
  await readHits(request, respond(200, body), context, events);
  return { request, events, kind: String(context.vars.search.kind) };
}

/** Arrivals until one wants as many pages. */
async function arriveWithPages(journey: string, pages: number): Promise<VUContext> {
  for (;;) {
    const context = arrive(journey);
    await search(context);
    if (context.vars.search.pages === pages) return context;
  }
}

describe('a search', () => {
  test('asks for what was drawn and measures the answer under its kind', async () => {
    const context = arrive('Measures');
    const { request, events, kind } = await search(context);
    expect(new URL(String(request.url), 'http://x').searchParams.get('q')).toBe(context.vars.search.parameters.q);
    expect(events.samples.get(`search.time.${kind}`)).toHaveLength(1);
    expect(events.samples.get('search.hits')).toEqual([20]);
  });

  test('counts a page without hits as 0 hits', async () => {
    const { events } = await search(arrive('Nothing'), { total: 0, page: 1, pageSize: 20, hits: [] });
    expect(events.samples.get('search.hits')).toEqual([0]);
  });

  test.each([
    ['<html>', 'no JSON in the answer'],
    ['{"items": []}', 'no hits in the answer'],
  ])('complains about %s', async (body, what) => {
    const context = arrive('Complains');
    const { events } = await search(context, body);
    expect(errorsIn(events)).toEqual([`errors.Search: ${what}`]);
    expect(events.samples.size).toBe(0);
    expect([wantsNextPage(context.vars), wantsDocument(context.vars)]).toEqual([false, false]);
  });
});

describe('paging', () => {
  test('goes on to the pages that this person wants, and to no more than there are', async () => {
    const context = await arriveWithPages('Pages', 3);
    const asked: string[] = [];
    while (wantsNextPage(context.vars)) {
      const request = requestTo('/search');
      await askNextPage(request, context);
      asked.push(String(new URL(String(request.url), 'http://x').searchParams.get('page')));
      await readHits(request, respond(200, PAGE), context, recordEvents());
    }
    expect(asked).toEqual(['2', '3']);
  });

  test.each([
    [20, false],
    [21, true],
  ])('with %i hits in all, whether there is a second page is %j', async (total, expected) => {
    const context = await arriveWithPages(`Total ${total}`, 2);
    await readHits(requestTo('/search'), respond(200, { ...PAGE, total }), context, recordEvents());
    expect(wantsNextPage(context.vars)).toBe(expected);
  });

  test('asks with the same words and filters', async () => {
    const context = await arriveWithPages('Same', 2);
    const request = requestTo('/search');
    await askNextPage(request, context);
    expect(Object.fromEntries(new URL(String(request.url), 'http://x').searchParams)).toEqual({
      ...context.vars.search.parameters,
      page: '2',
    });
  });
});

test('somewhat less than half of the searches end with opening a document, most often the first', async () => {
  const opened: unknown[] = [];
  for (let user = 0; user < 1_000; user += 1) {
    const context = arrive('Opens');
    await search(context);
    if (wantsDocument(context.vars)) opened.push(context.vars.document.id);
  }
  expect(Math.abs(opened.length / 1_000 - 0.45)).toBeLessThan(0.06);
  const first = opened.filter((id) => id === '100').length / opened.length;
  expect(Math.abs(first - 0.45)).toBeLessThan(0.1);
});
