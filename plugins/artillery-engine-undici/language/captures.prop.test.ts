import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { applyCaptures, compileCaptures } from './captures.ts';
import { lodash, official } from './official.ts';

const DRAWN = 0.4;
const vars = { key: 'id', wanted: 7, pattern: 'name', missing: undefined };

beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(DRAWN);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const JSON_BODY = JSON.stringify({
  id: 7,
  name: 'Ada',
  zero: 0,
  empty: '',
  nothing: null,
  off: false,
  items: [{ id: 1 }, { id: 2, tags: ['x'] }, { id: 3 }],
  single: [{ id: 'only' }],
});
const HTML_BODY = `<html><body><a class="n" href="/1" id="first">one</a><a class="n" href="/2">two</a>
  <a class="n" href="/3">three</a><form><input name="csrf" value="t0k"></form></body></html>`;
const bodies = fc.constantFrom(
  JSON_BODY,
  JSON_BODY,
  HTML_BODY,
  HTML_BODY,
  '',
  '"just text"',
  '5',
  '[1,2]',
  '{broken',
  'null',
);
const headers = fc.constantFrom(
  { 'content-type': 'application/json', 'x-id': 'h1', 'set-cookie': ['a=1', 'b=2'] },
  { 'content-type': 'text/html', 'x-empty': '' },
  {},
);
const stricts = fc.constantFrom<{ strict?: unknown }>({}, {}, { strict: true }, { strict: false }, { strict: null });
const jsonSpecs = fc
  .tuple(
    fc.constantFrom(
      '$.id',
      '$.items[*].id',
      '$.{{ key }}',
      '$.zero',
      '$.empty',
      '$.nothing',
      '$.none',
      '$..tags',
      '$.single[0].id',
      '$.items',
      '$[0]',
      '$..[',
      '{{ missing }}',
    ),
    fc.constantFrom<{ multiple?: unknown }>({}, {}, { multiple: false }, { multiple: true }),
  )
  .map(([json, multiple]) => ({ json, ...multiple }));
const regexpSpecs = fc
  .tuple(
    fc.constantFrom('"(?<field>id)":(\\d)', 'href="(/\\d)"', '{{ pattern }}', 'NAME', 'none(x)?', '(n)(o)?', '^', '.*'),
    fc.constantFrom<object>({}, { group: 1 }, { group: 2 }, { group: 'field' }, { group: '1' }, { group: 9 }),
    fc.constantFrom<object>({}, { flags: 'i' }, { flags: 'g' }, { flags: 'gm' }, { flags: 'y' }),
  )
  .map(([regexp, group, flags]) => ({ regexp, ...group, ...flags }));
const headerSpecs = fc
  .constantFrom('x-id', 'set-cookie', 'x-empty', 'none', 'x-{{ key }}')
  .map((header) => ({ header }));
const selectorSpecs = fc
  .tuple(
    fc.constantFrom('a.n', '#first', 'input[name=csrf]', 'nothing', 'a'),
    fc.constantFrom<object>(
      {},
      { index: 1 },
      { index: '2' },
      { index: 'last' },
      { index: 'random' },
      { index: 9 },
      { index: -2 },
      { index: 'x' },
    ),
    fc.constantFrom<object>({ attr: 'href' }, { attr: 'value' }, { attr: 'id' }, {}),
  )
  .map(([selector, index, attr]) => ({ selector, ...index, ...attr }));
const sources = fc.oneof(jsonSpecs, regexpSpecs, headerSpecs, selectorSpecs, fc.constant({}));
const captures = fc
  .tuple(sources, stricts, fc.constantFrom('a', 'b', 'user.id', 'list[0]'))
  .map(([source, strict, as]) => ({ ...source, ...strict, as }));
// One at a time: Artillery keeps what became of several under one name, so that one can cover up another.
const matches = fc
  .tuple(
    sources.filter((source) => Object.keys(source).length > 0),
    stricts,
    fc.constantFrom<unknown>(7, '7', '{{ wanted }}', 'Ada', '', 'h1', 'one', null),
  )
  .map(([source, strict, value]) => ({ ...source, ...strict, value }));

interface Judged {
  readonly captures: unknown;
  readonly hasFailed: boolean;
  readonly vars: unknown;
}

function byArtillery(request: object, response: { body: string; headers: object }, isStrict: boolean): Judged {
  const after = lodash.cloneDeep(vars) as Record<string, unknown>;
  let judged: Judged | undefined;
  official.captureOrMatch(
    lodash.cloneDeep(request),
    response,
    { vars, _defaultStrictCapture: isStrict },
    (_error, result) => {
      const captured = Object.entries(result?.captures ?? {}) as [string, { value?: unknown; failed?: boolean }][];
      const hasFailed =
        Object.values(result?.matches ?? {}).some(({ success, strict }) => !success && strict !== false) ||
        captured.some(([, { failed }]) => failed);
      if (!hasFailed) for (const [name, { value }] of captured) lodash.set(after, name, value);
      judged = { captures: plain(result?.captures ?? {}), hasFailed, vars: after };
    },
  );
  if (judged === undefined) throw new Error('no result');
  return judged;
}

/** Parsers word their errors alike, but the errors are objects of their own. */
function plain(entries: object): unknown {
  return Object.fromEntries(
    Object.entries(entries).map(([name, entry]: [string, { error?: unknown }]) => [
      name,
      { ...entry, error: entry.error === undefined ? undefined : String(entry.error) },
    ]),
  );
}

function byUs(request: object, response: { body: string; headers: Record<string, string> }, isStrict: boolean): Judged {
  const after = lodash.cloneDeep(vars) as Record<string, unknown>;
  const outcome = compileCaptures(request)?.read(response, { vars }, isStrict, () => DRAWN);
  if (outcome !== undefined) applyCaptures(outcome, after);
  return { captures: plain(outcome?.captures ?? {}), hasFailed: outcome?.failed ?? false, vars: after };
}

describe('against Artillery', () => {
  test('every set of captures and matches gives the same values, the same verdict and the same variables', () => {
    const requests = fc.record({
      capture: fc.oneof(captures, fc.array(captures, { maxLength: 4 }), fc.constant(undefined)),
      match: fc.oneof(
        matches,
        matches.map((match) => [match]),
        fc.constant(undefined),
      ),
    });
    fc.assert(
      fc.property(requests, bodies, headers, fc.boolean(), (request, body, responseHeaders, isStrict) => {
        const response = { body, headers: responseHeaders as Record<string, string> };
        // An unreadable body is an error for Artillery even where a capture says no way to read it.
        fc.pre(!hasUnknownKind(request) || responseHeaders['content-type'] !== 'application/json');
        expect(byUs(request, response, isStrict)).toEqual(byArtillery(request, response, isStrict));
      }),
      { numRuns: 1_000 },
    );
  });

  test('a match says what was expected and what was there, in the same shape', () => {
    const request = { match: { json: '$.name', value: 'Eve' } };
    let theirs: object | undefined;
    official.captureOrMatch(lodash.cloneDeep(request), { body: JSON_BODY, headers: {} }, { vars }, (_error, result) => {
      theirs = result?.matches;
    });
    const outcome = compileCaptures(request)?.read({ body: JSON_BODY, headers: {} }, { vars }, true, Math.random);
    expect(outcome?.matches).toEqual(theirs);
    expect(outcome?.matches).toEqual({
      '$.name': { success: false, expected: 'Eve', got: 'Ada', expression: '$.name', strict: undefined },
    });
  });
});

function hasUnknownKind({ capture }: { capture?: object | object[] | undefined }): boolean {
  return [capture ?? []].flat().some((spec) => !['json', 'regexp', 'header', 'selector'].some((kind) => kind in spec));
}
