import { describe, expect, test } from 'vitest';
import { respond } from '../testing/hook-bench.ts';
import { answerOf, answerTo, replaceAnswer } from './answer.ts';
import { idIn, numberIn, objectsIn, parseObject, textIn } from './json.ts';

describe('answerOf', () => {
  test('reads status, body and the first value of a header', () => {
    const answer = answerOf({ ...respond(201, 'text'), headers: { 'x-cache': ['hit', 'miss'], age: '3' } });
    expect([answer.status, answer.text, answer.header('x-cache'), answer.header('age')]).toEqual([
      201,
      'text',
      'hit',
      '3',
    ]);
    expect(answer.header('missing')).toBeUndefined();
  });

  test('is empty for a response that has nothing', () => {
    const answer = answerOf({});
    expect([answer.status, answer.text, answer.header('x-cache')]).toEqual([0, '', undefined]);
  });
});

test('the answer of a repeated request counts in place of the first one', () => {
  const request = {};
  expect(answerTo(request, respond(401)).status).toBe(401);
  replaceAnswer(request, answerOf(respond(200, 'second')));
  expect(answerTo(request, respond(401)).text).toBe('second');
  expect(answerTo({}, respond(401)).status).toBe(401);
});

describe('reading JSON', () => {
  test.each(['', '<html>', '[]', 'null', '7', '"text"'])('finds no object in %j', (text) => {
    expect(parseObject(text)).toBeUndefined();
  });

  test('gives only fields of the right type', () => {
    const object = parseObject('{"text": "a", "empty": "", "number": 0, "list": [1, {"id": 7}, null], "huge": 1e999}');
    expect([textIn(object, 'text'), textIn(object, 'empty'), textIn(object, 'number')]).toEqual([
      'a',
      undefined,
      undefined,
    ]);
    expect([numberIn(object, 'number'), numberIn(object, 'huge'), numberIn(object, 'text')]).toEqual([
      0,
      undefined,
      undefined,
    ]);
    expect(objectsIn(object, 'list')).toEqual([{ id: 7 }]);
    expect(objectsIn(object, 'text')).toBeUndefined();
  });

  test('reads an id that is a number as text', () => {
    expect([idIn({ id: 7 }), idIn({ id: 'a-b' }), idIn({}), idIn(undefined)]).toEqual([
      '7',
      'a-b',
      undefined,
      undefined,
    ]);
  });
});
