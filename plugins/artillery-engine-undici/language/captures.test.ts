import { describe, expect, test } from 'vitest';
import { applyCaptures, type CaptureOutcome, compileCaptures } from './captures.ts';

const first = (): number => 0;

interface Answer {
  readonly body?: string;
  readonly headers?: Record<string, string>;
}

function read(request: { capture?: unknown; match?: unknown }, { body = '', headers = {} }: Answer): CaptureOutcome {
  const reader = compileCaptures(request);
  if (reader === undefined) throw new Error('nothing to read');
  return reader.read({ body, headers }, { vars: {} }, true, first);
}

function captured(capture: object, body: string): unknown {
  return read({ capture: { as: 'x', ...capture } }, { body }).captures.x?.value;
}

test('there is nothing to read without captures and matches', () => {
  expect(compileCaptures({})).toBeUndefined();
  expect(compileCaptures({ capture: [], match: [] })).toBeUndefined();
});

test('headers alone do not need the body', () => {
  const header = { header: 'x-id', as: 'id' };
  expect(compileCaptures({ capture: header })?.needsBody).toBe(false);
  expect(compileCaptures({ capture: [header, { json: '$.id', as: 'id' }] })?.needsBody).toBe(true);
  expect(compileCaptures({ capture: header, match: { regexp: 'ok', value: 'ok' } })?.needsBody).toBe(true);
});

test('names of headers may be written in any case', () => {
  const { captures } = read({ capture: { header: 'X-Request-Id', as: 'id' } }, { headers: { 'x-request-id': 'r1' } });
  expect(captures.id?.value).toBe('r1');
});

describe('xpath', () => {
  const XML =
    '<list xmlns:n="urn:n"><item id="i1">one<b>!</b></item><item id="i2">two</item><n:item>three</n:item></list>';

  test.each<[string, unknown]>([
    ['//item', 'one!'],
    ['(//item)[2]', 'two'],
    ['//item/@id', 'i1'],
    ['//item/text()', 'one'],
    ['//n:item', 'three'],
    ['count(//item)', 2],
    ['string(//item[2]/@id)', 'i2'],
    ['//item = "two"', true],
    ['//nothing', ''],
  ])('%s gives %j', (xpath, expected) => {
    expect(captured({ xpath }, XML)).toBe(expected);
  });

  test.each([
    ['//item', '<list><item>'],
    ['//item', ''],
    ['//[', XML],
    ['//unknown:item', XML],
  ])('%s on %j is an error of this capture, not of the run', (xpath, body) => {
    const { captures, failed } = read({ capture: { xpath, as: 'x' } }, { body });
    expect(captures.x?.error).toBeInstanceOf(Error);
    expect(failed).toBe(true);
  });
});

describe('transform', () => {
  const body = JSON.stringify({ token: 'abc', count: 2 });
  const token = { json: '$.token', as: 'token' };

  test('changes the captured value, seen by its name', () => {
    expect(read({ capture: { ...token, transform: 'this.token.toUpperCase()' } }, { body }).captures.token?.value).toBe(
      'ABC',
    );
    expect(read({ capture: { ...token, transform: 'token + "!"' } }, { body }).captures.token?.value).toBe('abc!');
  });

  test('sees what was captured before it', () => {
    const capture = [
      { json: '$.count', as: 'count' },
      { ...token, transform: 'token.repeat(this.count)' },
    ];
    expect(read({ capture }, { body }).captures.token?.value).toBe('abcabc');
  });

  test.each(['token.nothing.more', 'not an expression', 'unknown'])('%j fails the capture', (transform) => {
    const { captures, failed } = read({ capture: { ...token, transform } }, { body });
    expect(failed).toBe(true);
    expect(captures.token?.error).toBeDefined();
  });

  test('is left out when there is nothing to change', () => {
    const capture = { json: '$.none', as: 'x', strict: false, transform: 'this.x.length' };
    expect(read({ capture }, { body }).captures.x).toEqual({ value: undefined, strict: false, failed: false });
  });
});

describe('a faulty expression', () => {
  test('fails its capture, where Artillery throws and nothing catches it', () => {
    const { captures, failed } = read({ capture: { regexp: '(', as: 'x' } }, { body: 'x' });
    expect(captures.x?.error).toBeInstanceOf(SyntaxError);
    expect(failed).toBe(true);
  });

  test('that is forgiven sets the variable to nothing', () => {
    const outcome = read({ capture: { selector: '[', as: 'x', strict: false } }, { body: '<p>' });
    const vars: Record<string, unknown> = { x: 'before' };
    applyCaptures(outcome, vars);
    expect(vars).toEqual({ x: undefined });
  });
});

describe('several matches of one expression', () => {
  const body = JSON.stringify({ id: 7 });

  test('fail if one of them does, in any order', () => {
    const right = { json: '$.id', value: 7 };
    const wrong = { json: '$.id', value: 8 };
    for (const match of [
      [right, wrong],
      [wrong, right],
    ]) {
      const { failed, matches } = read({ match }, { body });
      expect(failed).toBe(true);
      expect(matches['$.id']).toMatchObject({ success: false, expected: 8, got: 7 });
    }
  });

  test('a failure that is not strict fails nothing', () => {
    expect(read({ match: { json: '$.id', value: 8, strict: false } }, { body }).failed).toBe(false);
  });

  test('a match in an unreadable body has failed', () => {
    expect(read({ match: { json: '$.id', value: 7 } }, { body: '{' }).failed).toBe(true);
  });
});

test('no variable is set when a capture or a match has failed', () => {
  const capture = [
    { json: '$.id', as: 'id' },
    { json: '$.none', as: 'none' },
  ];
  const vars = {};
  applyCaptures(read({ capture }, { body: '{"id":7}' }), vars);
  expect(vars).toEqual({});
  applyCaptures(read({ capture: { json: '$.id', as: 'user.id' } }, { body: '{"id":7}' }), vars);
  expect(vars).toEqual({ user: { id: 7 } });
});

test('expressions with ever new variables stay right', () => {
  const reader = compileCaptures({ capture: { json: '$.{{ key }}', as: 'x' } });
  for (let number = 0; number < 250; number += 1) {
    const response = { body: JSON.stringify({ [`k${number}`]: number + 1 }), headers: {} };
    const outcome = reader?.read(response, { vars: { key: `k${number}` } }, true, first);
    expect(outcome?.captures.x?.value).toBe(number + 1);
  }
});
