import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lodash, official } from './official.ts';
import { compileTemplate, renderTemplate } from './template.ts';

const scalars = fc.oneof(
  fc.constantFrom<unknown>(
    0,
    -0,
    false,
    null,
    undefined,
    '',
    'x',
    'two words',
    12.5,
    NaN,
    true,
    -1,
    'é{',
    '}',
    '{',
    '[]',
  ),
  fc.constantFrom('{{ b }}', 'x{{ b }}y', '{{ b', 'b }}', '{{{ c }}}', '{ b }', '{{ missing }}', '{{'),
);
const containers = fc.constantFrom<unknown>(
  { id: 7, name: 'n', 'odd-key': [1, { deep: 'd' }] },
  [1, 'two', { three: 3 }],
  [],
  {},
  { 'a.b': 'flat', a: { b: 'nested' } },
);
const values = fc.oneof({ weight: 3, arbitrary: scalars }, containers);
// `c` names nothing further and `b` only `c`: no values that name each other.
const contexts = fc.record({
  a: values,
  b: fc.oneof(fc.constantFrom<unknown>('B', 5, '', '{{ c }}', 'x{{ c }}'), containers),
  c: fc.constantFrom<unknown>('C', 0, null, { c: 1 }),
  list: fc.constant([{ id: 'L0' }, ['x', 'y']]),
  $loopCount: fc.integer({ min: 0, max: 3 }),
  'flat.key': fc.constantFrom('F', 1),
  x1: fc.constantFrom('indirect', '{'),
});
const names = fc.constantFrom(
  ...[
    'a',
    'b',
    'c',
    'a.id',
    'a.name',
    "a['odd-key']",
    "a['odd-key'][1].deep",
    'list[0].id',
    'list[1][1]',
    'list[9].id',
  ],
  ...[
    '$loopCount',
    'flat.key',
    'missing',
    'a.b',
    'a["a.b"]',
    'missing.deep',
    'b c',
    '.a',
    'a.',
    'a..b',
    'list.0.id',
    'a.length',
  ],
);
const spaces = fc.constantFrom('', ' ', '  ', '\n', '\t');
const variables = fc.tuple(fc.constantFrom('{{', '{{{'), spaces, names, spaces, fc.constantFrom('}}', '}}}'));
const calls = fc.constantFrom(
  ...[
    '{{ $fixed() }}',
    '{{$sum(1, 2)}}',
    '{{ $sum(0x10, 1e2 ) }}',
    '{{ $echo(010) }}',
    '{{ $echo(x) }}',
    '{{ $echo(null) }}',
  ],
  ...[
    '{{ $empty() }}',
    '{{ $brace() }}',
    '{{ $variable() }}',
    '{{ $missing() }}',
    '{{ $echo(08,true) }}',
    '{{ $sum (3,4)}}',
  ],
);
const funcs = {
  $fixed: () => 'F',
  $sum: (x: number, y: number) => x + y,
  $echo: (x: unknown) => x,
  $empty: () => '',
  $brace: () => '{',
  $variable: () => '{{ c }}',
};
const pieces = fc.oneof(
  { weight: 4, arbitrary: variables.map((parts) => parts.join('')) },
  {
    weight: 3,
    arbitrary: fc.constantFrom('/', 'x', '?q=', '{"id":', '}', ' ', 'é', '"', '}}', '{', '{{ x', ' }}', '{{ $f('),
  },
);
const texts = fc.array(pieces, { maxLength: 5 }).map((parts) => parts.join(''));
const textsWithCalls = fc
  .array(fc.oneof({ weight: 2, arbitrary: pieces }, { weight: 1, arbitrary: calls }), { maxLength: 5 })
  .map((parts) => parts.join(''));

/** Both sides may throw, for instance for values that name each other; then they agree if both do. */
function outcome(render: () => unknown): { readonly value: unknown } | 'thrown' {
  try {
    return { value: render() };
  } catch {
    return 'thrown';
  }
}

function expectSame(value: unknown, vars: Record<string, unknown>): void {
  const theirs = outcome(() => official.template(lodash.cloneDeep(value), { vars: lodash.cloneDeep(vars), funcs }));
  const before = lodash.cloneDeep(vars);
  const context = { vars, funcs: funcs as Record<string, (...args: unknown[]) => unknown> };
  expect(outcome(() => compileTemplate(value).render(context))).toEqual(theirs);
  expect(outcome(() => renderTemplate(value, context))).toEqual(theirs);
  expect(vars).toEqual(before);
}

describe('against Artillery', () => {
  test('every text gives the same value', () => {
    fc.assert(fc.property(texts, contexts, expectSame), { numRuns: 1_500 });
  });

  test('every text with calls of functions gives the same value', () => {
    fc.assert(fc.property(textsWithCalls, contexts, expectSame), { numRuns: 1_000 });
  });

  test('every object and list gives the same value, in the same order of keys', () => {
    const keys = fc.constantFrom('id', 'name', 'filter', 'k-1', '{{ key }}', 'x{{ key }}', '{{ other }}');
    const value = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.oneof(
          texts.filter((text) => !/^\{\{+\s*a\s*\}+$/.test(text)),
          scalars,
        ),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(keys, tie('value'), { maxKeys: 4, noNullPrototype: true }),
      ),
    })).value;
    const body = fc.oneof(
      fc.array(value, { maxLength: 3 }),
      fc.dictionary(keys, value, { maxKeys: 4, noNullPrototype: true }),
    );
    fc.assert(
      fc.property(body, contexts, (written, vars) => {
        const all = { ...vars, key: 'renamed', other: 'second' };
        const theirs = official.template(lodash.cloneDeep(written), { vars: lodash.cloneDeep(all), funcs });
        const ours = compileTemplate(written).render({ vars: all });
        expect(ours).toEqual(theirs);
        expect(JSON.stringify(ours)).toBe(JSON.stringify(theirs));
        expect(renderTemplate(written, { vars: all })).toEqual(theirs);
      }),
      { numRuns: 600 },
    );
  });

  test('the texts take both ways through the code, so that agreement means something', () => {
    const rendered = fc
      .sample(fc.tuple(texts, contexts), { numRuns: 500, seed: 3 })
      .map(([text, vars]) => ({ text, template: compileTemplate(text), vars }));
    expect(rendered.filter(({ template }) => template.isConstant).length).toBeGreaterThan(30);
    expect(rendered.filter(({ text, template, vars }) => template.render({ vars }) !== text).length).toBeGreaterThan(
      200,
    );
  });
});
