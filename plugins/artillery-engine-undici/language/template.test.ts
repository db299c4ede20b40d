import { describe, expect, test } from 'vitest';
import { LanguageFault } from './fault.ts';
import { official } from './official.ts';
import { compileTemplate, renderTemplate, type TemplateContext } from './template.ts';

const vars = {
  id: 7,
  name: 'Ada',
  user: { id: 'u1', tags: ['x', { deep: true }], 'a.b': 'quoted' },
  'flat.key': 'flat',
  empty: '',
  zero: 0,
  off: false,
  nothing: null,
  notANumber: Number.NaN,
  when: new Date(0),
  nested: 'via {{ name }}',
  indirect: 'name',
  page: { title: '{{ name }}', rows: [{ cell: '{{ id }}' }] },
};
const context: TemplateContext = { vars, funcs: { $sum: (x, y) => Number(x) + Number(y), $none: () => undefined } };

function both(value: unknown): { readonly ours: unknown; readonly theirs: unknown } {
  return {
    ours: compileTemplate(value).render(context),
    theirs: official.template(value, {
      vars: { ...vars, page: structuredClone(vars.page) },
      funcs: { ...context.funcs },
    }),
  };
}

describe('a text', () => {
  test.each<[string, unknown]>([
    ['plain', 'plain'],
    ['{{ id }}', 7],
    ['{{id}}', 7],
    ['{{{ id }}}', 7],
    [' {{ id }}', ' 7'],
    ['{{ user }}', vars.user],
    ['/users/{{ user.id }}/{{ id }}', '/users/u1/7'],
    ['{{ user.tags[1].deep }}', true],
    ["{{ user['a.b'] }}", 'quoted'],
    ['{{ flat.key }}', 'flat'],
    ['{{ missing }}', undefined],
    ['a {{ missing }}', 'a undefined'],
    ['a {{ nothing }}', 'a null'],
    ['{{ nothing }}', null],
    ['{{ zero }}', 0],
    ['{{ off }}', false],
    ['{{ empty }}', ''],
    ['{{ notANumber }}', ''],
    ['a {{ notANumber }}', 'a NaN'],
    ['a {{ user.tags }}', 'a ["x",{"deep":true}]'],
    ['a {{ when }}', 'a "1970-01-01T00:00:00.000Z"'],
    ['{{ nested }}', 'via {{ name }}'],
    ['{{ nested }}!', 'via Ada!'],
    ['x{{ {{ indirect }} }}', 'xAda'],
    ['{"user":{"id":{{ id }}}}', '{"user":{"id":7}'],
    ['{{ not-closed', '{{ not-closed'],
    ['{{ a + b }}', '{{ a + b }}'],
    ['{{ $sum(1, 2) }}', '3'],
    ['{{ $sum( 1 ,2 ) }}/{{ id }}', '3/7'],
    ['{{ $sum(0x10, 010) }}', '24'],
    ['{{ $sum(1e2, true) }}', '101'],
    ['{{ $none() }}', 'undefined'],
    ['{{ $unknown(1) }} and more', undefined],
  ])('%j gives %j, as in Artillery', (text, expected) => {
    expect(both(text)).toEqual({ ours: expected, theirs: expected });
  });

  test('is constant only if there is nothing to fill in', () => {
    expect(compileTemplate('/documents').isConstant).toBe(true);
    expect(compileTemplate('{{ a + b }}').isConstant).toBe(true);
    expect(compileTemplate('/documents/{{ id }}').isConstant).toBe(false);
    expect(compileTemplate('{{ $sum(1, 2) }}').isConstant).toBe(false);
  });

  test('takes patterns of replacement in values literally, which Artillery does not', () => {
    const prices = { vars: { price: '$$5', match: "$& $1 $'" } };
    expect(compileTemplate('costs {{ price }}.').render(prices)).toBe('costs $$5.');
    expect(official.template('costs {{ price }}.', prices)).toBe('costs $5.');
    // Artillery puts the template itself back for this one, and never ends.
    expect(compileTemplate('costs {{ match }}.').render(prices)).toBe("costs $& $1 $'.");
  });

  test('fails where values name each other, which Artillery never ends', () => {
    const template = compileTemplate('x{{ a }}');
    expect(() => template.render({ vars: { a: '{{ b }}', b: '{{ a }}' } })).toThrow(LanguageFault);
    expect(() => template.render({ vars: { a: '{{ a }}' } })).toThrow(
      'Template never ends: {{ a }} brings itself back',
    );
  });

  test('fails for functions whose results call themselves', () => {
    const endless = { vars: {}, funcs: { $again: () => '{{ $again() }}' } };
    expect(() => compileTemplate('{{ $again() }}').render(endless)).toThrow('Template never ends');
  });

  test('with a thousand variables of its own is none of these', () => {
    const text = '{{{{ id }} '.repeat(1_500);
    expect(compileTemplate(text).render(context)).toBe('{7 '.repeat(1_500));
  });

  test.each(['{{ $sum(1,,2) }}', '{{ $sum(1 2) }}', '{{ $sum(1a) }}', '{{ $sum(1,) }}'])(
    '%j says what an argument can be, at its first use',
    (text) => {
      const template = compileTemplate(text);
      expect(() => template.render(context)).toThrow('write numbers, true, false or null, separated by commas');
      expect(() => official.template(text, { vars, funcs: { ...context.funcs } })).toThrow();
    },
  );

  test('shows the source of a function that a variable holds, which Artillery calls', () => {
    const call = () => 'called';
    const held = { vars: { held: call } };
    expect(compileTemplate('a {{ held }}').render(held)).toBe(`a ${String(call)}`);
    expect(official.template('a {{ held }}', held)).toBe('a called');
  });

  test('calls nothing when there are no functions', () => {
    expect(compileTemplate('{{ $sum(1, 2) }}').render({ vars })).toBeUndefined();
  });
});

describe('an object or a list', () => {
  test('is filled in at every depth, keys included, renamed keys last', () => {
    const value = { '{{ name }}': 1, list: ['{{ id }}', { '{{ name }}x': '{{ user.id }}' }], plain: true };
    const expected = { list: [7, { Adax: 'u1' }], plain: true, Ada: 1 };
    const { ours, theirs } = both(value);
    expect(JSON.stringify(ours)).toBe(JSON.stringify(expected));
    expect(JSON.stringify(theirs)).toBe(JSON.stringify(expected));
  });

  test('is new each time, also when nothing in it changes', () => {
    const template = compileTemplate({ list: [{ a: 1 }] });
    const first = template.render(context) as { list: { a: number }[] };
    expect(template.isConstant).toBe(true);
    expect(template.render(context)).not.toBe(first);
    expect((template.render(context) as typeof first).list[0]).not.toBe(first.list[0]);
  });

  test('fills in objects that variables bring, without changing the variables', () => {
    const expected = { body: { title: 'Ada', rows: [{ cell: 7 }] } };
    expect(both({ body: '{{ page }}' })).toEqual({ ours: expected, theirs: expected });
    expect(vars.page.title).toBe('{{ name }}');
  });

  test('lets a renamed key win over a fixed one', () => {
    const value = { '{{ indirect }}': 1, name: 2 };
    expect(both(value)).toEqual({ ours: { name: 1 }, theirs: { name: 1 } });
  });

  test('keeps keys with dots and brackets together, which Artillery takes apart', () => {
    const filter = { 'filter[name]': { 'a.b': '{{ id }}' }, '{{ key }}': 1 };
    const rendered = compileTemplate(filter).render({ vars: { ...vars, key: 'user.name' } });
    expect(rendered).toEqual({ 'filter[name]': { 'a.b': 7 }, 'user.name': 1 });
  });

  test('turns a key into a text, where Artillery breaks', () => {
    expect(compileTemplate({ '{{ id }}': 1 }).render(context)).toEqual({ 7: 1 });
    expect(() => official.template({ '{{ id }}': 1 }, { vars })).toThrow();
  });

  test('keeps dates, bytes and instances as they are', () => {
    const value = { when: vars.when, bytes: Buffer.from('{{ id }}') };
    const rendered = compileTemplate(value).render(context) as typeof value;
    expect(rendered.when).toBe(vars.when);
    expect(rendered.bytes).toBe(value.bytes);
  });

  test('has a key __proto__ like any other', () => {
    const rendered = compileTemplate(JSON.parse('{"__proto__": "{{ id }}"}')).render(context);
    expect(JSON.stringify(rendered)).toBe('{"__proto__":7}');
    expect(Object.getPrototypeOf(rendered)).toBe(Object.prototype);
  });
});

describe('a value at run time', () => {
  test.each<[unknown]>([
    ['/{{ id }}/{{ name }}'],
    [{ a: ['{{ id }}'], '{{ name }}': null }],
    [5],
    [undefined],
    ['plain'],
  ])('%j gives what its template gives', (value) => {
    expect(renderTemplate(value, context)).toEqual(compileTemplate(value).render(context));
  });

  test('is right however many texts there have been', () => {
    for (let number = 0; number < 2_500; number += 1) {
      expect(renderTemplate(`/${number}/{{ id }}`, context)).toBe(`/${number}/7`);
    }
  });
});
