import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import FormData from 'form-data';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BodySource, compileBody, renderBody } from './body.ts';
import { sentByGot } from './official-got.ts';

const context = { vars: { id: 7, name: 'Ada B', file: 'report', tags: ['x', 'y'], nothing: null, object: { a: 1 } } };
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'language-'));
  writeFileSync(join(folder, 'report.pdf'), 'PDF\r\n');
  writeFileSync(join(folder, 'data.unknown'), 'bytes');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a body', () => {
  test.each<[BodySource, object]>([
    [{ json: { id: '{{ id }}', list: '{{ tags }}' } }, { json: { id: 7, list: ['x', 'y'] } }],
    [{ json: '{{ object }}', body: 'not this' }, { json: { a: 1 } }],
    [{ json: 'text' }, { json: 'text' }],
    [{ json: false }, { json: false }],
    [{ json: null }, { json: null }],
    [
      { form: { name: '{{ name }}', list: '{{ tags }}', none: '{{ nothing }}', gone: '{{ missing }}', 'ü&=': 1 } },
      { form: { name: 'Ada B', list: ['x', 'y'], none: null, gone: undefined, 'ü&=': 1 } },
    ],
    [{ form: {} }, { form: {} }],
    [{ body: '<id>{{ id }}</id>é' }, { body: '<id>7</id>é' }],
    [{ body: '' }, { body: '' }],
    [{ body: Buffer.from([1, 2]) }, { body: Buffer.from([1, 2]) }],
    [{ body: new Uint8Array([1, 2]) }, { body: Buffer.from([1, 2]) }],
  ])('%j is sent as got sends it', async (source, options) => {
    const theirs = await sentByGot({ method: 'POST', ...options });
    const ours = compileBody(source, 'POST').render(context);
    expect(ours?.body).toEqual(theirs.body);
    expect(ours?.contentType).toBe(theirs.headers['content-type']);
    expect(String(Buffer.byteLength(ours?.body as string))).toBe(theirs.headers['content-length']);
    expect(renderBody(source, 'POST', context)).toEqual(ours);
  });

  test.each<BodySource>([
    {},
    { body: undefined },
    { body: null },
    { json: '{{ missing }}' },
    { json: '{{ missing }}', body: 'x' },
    { body: '{{ missing }}' },
  ])('%j is none', (source) => {
    expect(compileBody(source, 'POST').render(context)).toBeUndefined();
    expect(renderBody(source, 'GET', context)).toBeUndefined();
  });

  test.each<[BodySource, string, string]>([
    [{ json: {} }, 'GET', 'The `GET` method cannot be used with a body'],
    [{ body: 'x', allowGetBody: true }, 'HEAD', 'The `HEAD` method cannot be used with a body'],
    [{ json: {}, form: {} }, 'POST', 'json and form cannot be sent together; keep one of them'],
    [{ json: {}, formData: {} }, 'POST', 'json and formData cannot be sent together; keep one of them'],
    [{ form: {}, body: 'x' }, 'POST', 'form and body cannot be sent together; keep one of them'],
    [{ form: 'a=b' }, 'POST', 'form must be an object of names and values, found string'],
    [
      { body: { a: 1 } },
      'POST',
      'body must be a text, bytes or a stream, found a value of type object; write json for data',
    ],
    [
      { body: '{{ id }}' },
      'POST',
      'body must be a text, bytes or a stream, found a value of type number; write json for data',
    ],
    [{ body: ['x'] }, 'POST', 'body must be a text, bytes or a stream, found a list; write json for data'],
    [{ formData: { list: '{{ tags }}' } }, 'POST', 'formData "list" is a list'],
    [{ formData: { file: {} } }, 'POST', 'formData "file" has neither value nor fromFile; write one of them'],
  ])('%j with %s is refused when it is sent', (source, method, message) => {
    const body = compileBody(source, method);
    expect(() => body.render(context)).toThrow(message);
    expect(() => renderBody(source, method, context)).toThrow(message);
  });

  test('of a form has names that are templates', () => {
    expect(renderBody({ form: { '{{ name }}': 1 } }, 'POST', context)?.body).toBe('Ada+B=1');
  });

  test('a GET may have one if it says so', async () => {
    const theirs = await sentByGot({ json: { a: 1 }, allowGetBody: true });
    expect(compileBody({ json: { a: 1 }, allowGetBody: true }, 'GET').render(context)?.body).toBe(theirs.body);
  });

  test('a stream or a generator that a hook made is sent as a stream', async () => {
    for (const body of [
      Readable.from(['a', 'b']),
      (function* () {
        yield 'a';
        yield 'b';
      })(),
    ]) {
      const rendered = renderBody({ body }, 'POST', context);
      expect(await text(rendered?.body as Readable)).toBe('ab');
    }
  });
});

describe('formData', () => {
  function bytes(source: BodySource): string {
    const rendered = compileBody(source, 'POST').render({
      vars: { ...context.vars, $scenarioFile: join(folder, 'test.yml') },
    });
    const boundary = rendered?.contentType?.replace('multipart/form-data; boundary=', '') ?? '';
    expect(boundary).not.toBe('');
    return String(rendered?.body).replaceAll(boundary, 'BOUNDARY');
  }

  async function streamed(form: FormData): Promise<string> {
    const boundary = form.getBoundary();
    return (await text(form.pipe(new PassThrough()))).replaceAll(boundary, 'BOUNDARY');
  }

  test('has the parts that the package form-data streams', async () => {
    const form = new FormData();
    form.append('name', 'Ada B');
    form.append('id', 7);
    form.append('none', null);
    form.append('typed', '{"a":1}', { contentType: 'application/json' });
    form.append('file', createReadStream(join(folder, 'report.pdf')));
    form.append('other', createReadStream(join(folder, 'data.unknown')), { contentType: 'image/png' });
    form.append('unknown', createReadStream(join(folder, 'data.unknown')));
    const formData = {
      name: '{{ name }}',
      id: '{{ id }}',
      none: null,
      typed: { value: '{"a":1}', contentType: 'application/json' },
      file: { fromFile: './{{ file }}.pdf' },
      other: { fromFile: 'data.unknown', contentType: 'image/png' },
      unknown: { fromFile: join(folder, 'data.unknown') },
    };
    expect(bytes({ formData })).toBe(await streamed(form));
    expect(bytes({ formData, body: 'not this' })).toBe(bytes({ formData }));
  });

  test('takes values that Artillery breaks on', () => {
    const part = (name: string, value: string): string =>
      `--BOUNDARY\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    expect(bytes({ formData: { yes: true, zero: { value: 0 }, empty: { value: '' } } })).toBe(
      `${part('yes', 'true')}${part('zero', '0')}${part('empty', '')}--BOUNDARY--\r\n`,
    );
  });

  test('reads a file once', () => {
    const path = join(folder, 'once.txt');
    writeFileSync(path, 'first');
    const formData = { file: { fromFile: path } };
    expect(bytes({ formData })).toContain('first');
    writeFileSync(path, 'second');
    expect(bytes({ formData })).toContain('first');
  });

  test('names the file that is missing', () => {
    expect(() => bytes({ formData: { file: { fromFile: 'missing.pdf' } } })).toThrow('missing.pdf');
  });

  test('with a stream of a hook is streamed', async () => {
    const rendered = renderBody({ formData: { file: Readable.from(['content']) } }, 'POST', context);
    expect(await text(rendered?.body as Readable)).toContain('content');
  });

  test('made by a hook is sent with its boundary', async () => {
    const form = new FormData();
    form.append('a', 'b');
    const rendered = renderBody({ body: form }, 'POST', context);
    const theirs = await sentByGot({ method: 'POST', body: form });
    expect(rendered?.contentType).toBe(theirs.headers['content-type']);
    expect(String(Buffer.byteLength(rendered?.body as Buffer))).toBe(theirs.headers['content-length']);
  });
});
