import { expect, test } from 'vitest';
import { createVariableWatch, onceEach, secretVariables } from './secret-variables.ts';

function watched(variables: Record<string, unknown>, names = ['token', 'pin']) {
  const learnt: string[] = [];
  createVariableWatch(names, (values) => learnt.push(...values))(variables);
  return { variables, learnt };
}

test('every value that a variable has or is given is learnt, however it is set', () => {
  const { variables, learnt } = watched({ token: 'first', other: 'no' });
  variables.token = 'second';
  Object.assign(variables, { pin: 4711, other: 'no' });
  variables.token = { access: 'third', list: ['fourth'] };
  expect(learnt).toEqual(['first', 'second', '4711', 'third', 'fourth']);
});

test('whoever uses the variables sees no difference', () => {
  const { variables } = watched({ other: 1 });
  expect('token' in { ...variables }).toBe(false);
  expect(Object.keys(variables)).toEqual(['other']);
  expect(variables.token).toBeUndefined();
  variables.token = 'a';
  variables.token = 'b';
  expect(variables).toEqual({ other: 1, token: 'b' });
  expect(JSON.stringify(variables)).toBe('{"other":1,"token":"b"}');
  delete variables.token;
  variables.token = 'c';
  expect(variables.token).toBe('c');
});

test('the variables of one user say nothing about those of another', () => {
  const learnt: string[] = [];
  const watch = createVariableWatch(['token'], (values) => learnt.push(...values));
  const [ann, bob]: Record<string, unknown>[] = [{}, {}];
  for (const variables of [ann, bob]) if (variables !== undefined) watch(variables);
  Object.assign(ann ?? {}, { token: 'a' });
  expect(bob?.token).toBeUndefined();
  Object.assign(bob ?? {}, { token: 'b' });
  expect([ann?.token, bob?.token, learnt]).toEqual(['a', 'b', ['a', 'b']]);
});

test('the names are the declared ones, and captured and used ones that sound like secrets', () => {
  const flow = [
    {
      get: {
        url: '/{{ sessionToken }}/{{ id }}',
        capture: [
          { json: '$.a', as: 'refreshToken' },
          { json: '$.b', as: 'b' },
        ],
      },
    },
  ];
  expect(secretVariables([{ flow }], ['pin']).toSorted()).toEqual(['pin', 'refreshToken', 'sessionToken']);
});

test('a value that was handed on is not handed on again', () => {
  const shared: string[][] = [];
  const share = onceEach((values) => shared.push(values));
  share(['a', 'b']);
  share(['b']);
  share(['b', 'c']);
  expect(shared).toEqual([['a', 'b'], ['c']]);
});

test('a value is handed on again long before a redactor forgets it', () => {
  const seen: string[] = [];
  const share = onceEach((values) => seen.push(...values));
  for (let index = 0; index <= 10_000; index += 1) share([`value ${index}`]);
  share(['value 0']);
  expect(seen.filter((value) => value === 'value 0')).toHaveLength(2);
});
