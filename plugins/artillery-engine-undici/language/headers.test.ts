import { describe, expect, test } from 'vitest';
import { compileHeaders, flattenHeaders, renderAuthorization } from './headers.ts';
import { sentByGot } from './official-got.ts';

const context = { vars: { id: 7, name: 'Ada B' } };

describe('headers', () => {
  test('are those that got adds to, with Artillery as the user agent', async () => {
    const theirs = await sentByGot({ headers: { 'user-agent': 'Artillery (https://artillery.io)', 'x-id': '7' } });
    const plan = compileHeaders({}, { 'X-Id': '{{ id }}', 'x-none': '{{ missing }}' }, true);
    const flat = flattenHeaders(plan.render(context, undefined));
    expect(Object.fromEntries(pairs(flat))).toEqual(theirs.headers);
    expect(plan.constant).toBeUndefined();
  });

  test('no encoding is asked for when nothing is unpacked', async () => {
    const theirs = await sentByGot({ decompress: false, headers: { 'user-agent': 'x' } });
    const plan = compileHeaders({}, { 'User-Agent': 'x' }, false);
    expect(plan.constant).toEqual(theirs.headers);
  });

  test('of the step go before the defaults, those of hooks before both', () => {
    const config = {
      http: { defaults: { headers: { Accept: 'a/b', 'X-Who': 'default' } } },
      defaults: { headers: { 'x-lost': '1' } },
    };
    const plan = compileHeaders(config, { accept: 'c/d' }, false);
    expect(plan.render(context, { ACCEPT: '{{ name }}' })).toEqual({
      'user-agent': 'Artillery (https://artillery.io)',
      accept: 'Ada B',
      'x-who': 'default',
    });
    expect(plan.constant).toMatchObject({ accept: 'c/d' });
  });

  test('of config.defaults hold where config.http says none', () => {
    expect(compileHeaders({ defaults: { headers: { 'X-A': '1' } } }, {}, false).constant).toMatchObject({ 'x-a': '1' });
  });

  test('lists are several headers, other values are texts', () => {
    expect(flattenHeaders({ a: ['1', 2], b: 0, c: true, d: undefined })).toEqual([
      'a',
      '1',
      'a',
      '2',
      'b',
      '0',
      'c',
      'true',
    ]);
  });

  test('null is refused as got refuses it, and only when it is sent', async () => {
    const message = 'Use `undefined` instead of `null` to delete the `x` header';
    const plan = compileHeaders({}, { X: null }, true);
    expect(() => flattenHeaders(plan.render(context, undefined))).toThrow(message);
    await expect(sentByGot({ headers: { x: null } })).rejects.toThrow(message);
  });

  test.each([
    ['ada', 'x:y'],
    ['ü', ''],
    ['', 'p'],
  ])('credentials %j and %j are written as got writes them', async (user, pass) => {
    const theirs = await sentByGot({ username: user, password: pass });
    expect(renderAuthorization({ user: '{{ u }}', pass }, { vars: { u: user } })).toBe(theirs.headers.authorization);
  });

  test('numbers are credentials too, empty ones are none', () => {
    expect(renderAuthorization({ user: 1, pass: 2 }, context)).toBe('Basic MToy');
    expect(renderAuthorization({}, context)).toBeUndefined();
  });
});

function* pairs(flat: readonly string[]): Generator<[string, string]> {
  for (let index = 0; index < flat.length; index += 2) yield [flat[index] ?? '', flat[index + 1] ?? ''];
}
