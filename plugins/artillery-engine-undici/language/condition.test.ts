import { describe, expect, test } from 'vitest';
import { compileCondition, isProbable } from './condition.ts';

describe('ifTrue', () => {
  test.each<[unknown, Record<string, unknown>, boolean]>([
    ['status == 1', { status: 1 }, true],
    ['status == 1', { status: 2 }, false],
    ['not (a and b)', { a: true, b: false }, true],
    ['$loopCount < 3', { $loopCount: 2 }, true],
    ['$loopCount < 3', { $loopCount: 3 }, false],
    ["'user.id' > 5", { 'user.id': 6 }, true],
    ['name == "Ada"', { name: 'Ada' }, true],
    ['name', { name: '' }, false],
    ['name == 1', {}, false],
    ['name ==', {}, true],
    [true, {}, true],
    [false, {}, true],
  ])('%j with %j is %j', (ifTrue, vars, expected) => {
    expect(compileCondition(ifTrue, undefined)?.(vars)).toBe(expected);
  });

  test('there is no condition without one', () => {
    expect(compileCondition(undefined, {})).toBeUndefined();
  });

  test('a function of the processor goes before an expression', () => {
    const processor = { isAdmin: (vars: { role: string }) => vars.role === 'admin' };
    const condition = compileCondition('isAdmin', processor);
    expect(condition?.({ role: 'admin' })).toBe(true);
    expect(condition?.({ role: 'user', isAdmin: true })).toBe(false);
    expect(compileCondition('isAdmin', {})?.({ isAdmin: true })).toBe(true);
  });

  test('a function that throws lets the request through', () => {
    const processor = {
      broken: () => {
        throw new Error('broken');
      },
    };
    expect(compileCondition('broken', processor)?.({})).toBe(true);
  });

  test('a name that every object has is no function of the processor', () => {
    expect(compileCondition('toString', {})?.({ toString: 0 })).toBe(false);
  });
});

describe('probability', () => {
  test.each<[unknown, number, boolean]>([
    [undefined, 0.999, true],
    [100, 0.999_999, true],
    [100, 0, true],
    [250, 0.999_999, true],
    [0, 0, false],
    [-5, 0, false],
    [50, 0.499_9, true],
    [50, 0.5, false],
    ['25', 0.249_9, true],
    ['25', 0.25, false],
    [0.5, 0.004_9, true],
    [0.5, 0.005, false],
    ['often', 0, false],
    [null, 0, false],
  ])('%j with %d drawn is %j', (probability, drawn, expected) => {
    expect(isProbable(probability, () => drawn)).toBe(expected);
  });

  test('nothing is drawn without one', () => {
    const random = (): never => {
      throw new Error('drawn');
    };
    expect(isProbable(undefined, random)).toBe(true);
  });
});
