import { expect, test } from 'vitest';
import { createDraft } from './draft.ts';

test('a hook that changes a draft in place changes nothing for the next user', () => {
  const params = { headers: { a: '1' }, json: { list: [{ b: 2 }] }, form: { c: '3' } };
  const written = structuredClone(params);
  const draft = createDraft(params, 'POST', 'http://h/', 10) as typeof params;
  draft.headers.a = 'changed';
  draft.form.c = 'changed';
  draft.json.list.push({ b: 3 });
  const [first] = draft.json.list;
  if (first !== undefined) first.b = 9;
  expect(params).toEqual(written);
});

test('a draft keeps values that are more than data as they are', () => {
  const bytes = Buffer.from('abc');
  expect(createDraft({ json: { bytes } }, 'POST', 'http://h/', 10).json).toEqual({ bytes });
});
