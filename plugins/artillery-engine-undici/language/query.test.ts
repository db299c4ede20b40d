import { describe, expect, test } from 'vitest';
import { sentByGot } from './official-got.ts';
import { renderQuery, replaceQuery } from './query.ts';

const context = { vars: { name: 'Ada B', tags: ['x', 'y'] } };

describe('a query', () => {
  test.each<[unknown, string]>([
    [{ q: '{{ name }}', page: 1 }, 'q=Ada+B&page=1'],
    [{ tag: '{{ tags }}' }, 'tag=x&tag=y'],
    [{ yes: true, none: null, gone: '{{ missing }}', object: { a: 1 } }, 'yes=true&none=&gone=&object='],
    [{ 'a b': "ü&=~'()*" }, 'a+b=%C3%BC%26%3D%7E%27%28%29*'],
    ['{{ name }}', ''],
    [{}, ''],
  ])('%j is %s, also by way of got', async (qs, expected) => {
    const query = renderQuery(qs, context);
    expect(query).toBe(expected);
    const { url } = await sentByGot({ url: 'http://h/p?old=1#part', searchParams: expected });
    expect(replaceQuery('http://h/p?old=1#part', query)).toBe(url.href.replace('#part', ''));
  });
});
