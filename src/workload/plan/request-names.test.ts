import { expect, test } from 'vitest';
import { requestNames } from './request-names.ts';

const get = (name?: string) => ({ get: { url: '/', ...(name === undefined ? {} : { name }) } });

test('are those of all journeys, loops and branches, each once', () => {
  const flow = [
    get('Search'),
    { loop: [get('Search'), { parallel: [get('Open'), { post: { name: 'Buy' } }] }], count: 2 },
  ];
  expect(requestNames([{ flow }, { flow: [get('Sign in')] }])).toEqual(['Search', 'Open', 'Buy', 'Sign in']);
});

test.each([
  ['has no name', get()],
  ['has a variable in its name', get('Search {{ kind }}')],
])('are not known when one %s', (_what, request) => {
  expect(requestNames([{ flow: [get('Search'), request] }])).toBeUndefined();
});
