import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileLoop, type LoopStep } from './loop.ts';
import { official } from './official.ts';

type Vars = Record<string, unknown>;

/** More rounds than this are stopped from within: then the loop is endless. */
const MOST_ROUNDS = 12;

/** What the loop's variables are before, in each round and after. */
type Trace = readonly unknown[];

function names(step: LoopStep): [string, string] {
  return [String(step.loopValue || '$loopCount'), String(step.loopElement || '$loopElement')];
}

function official_(step: LoopStep, vars: Vars, processor: Record<string, unknown>): Promise<Trace> {
  const [count, element] = names(step);
  const rounds: unknown[] = [];
  const body = (context: { vars: Vars }, next: (error: unknown, context: { vars: Vars }) => void): void => {
    rounds.push([context.vars[count], context.vars[element]]);
    if (context.vars.skip !== undefined) context.vars[count] = Number(context.vars[count]) + 1;
    next(rounds.length > MOST_ROUNDS ? new Error('endless') : null, context);
  };
  const options = {
    loopValue: step.loopValue || '$loopCount',
    loopElement: step.loopElement || '$loopElement',
    overValues: step.over,
    whileTrue: processor[String(step.whileTrue)],
  };
  return new Promise((resolve) => {
    const loop = official.createLoopWithCount(step.count || -1, [body], options);
    loop({ vars }, (error) => resolve([...rounds, error ? 'endless' : [vars[count], vars[element]]]));
  });
}

async function ours(step: LoopStep, vars: Vars, processor: Record<string, unknown>): Promise<Trace> {
  const [count, element] = names(step);
  const rounds: unknown[] = [];
  const run = compileLoop(step, processor).begin({ vars });
  while (run.hasNext()) {
    rounds.push([vars[count], vars[element]]);
    if (vars.skip !== undefined) vars[count] = Number(vars[count]) + 1;
    if (rounds.length > MOST_ROUNDS) return [...rounds, 'endless'];
    await new Promise((resolve) => run.advance(resolve));
  }
  return [...rounds, [vars[count], vars[element]]];
}

const counts = fc.constantFrom<unknown>(
  ...[0, 1, 3, -1, -2, 2.5, true, '4', '0', '2-5', '1-1', '5-2', '1-15', 'x', '1-x', '3 ', '', '-1', undefined, null],
  ...['{{ n }}', '1-{{ n }}', '{{ missing }}', '{{ range }}', 'a1-3'],
);
const overs = fc.constantFrom<unknown>(
  ...[
    undefined,
    null,
    '',
    [],
    ['a', 'b', 'c'],
    [1, [2], { x: 3 }],
    'list',
    'deep.list',
    'notAList',
    'missing',
    'none',
    { length: 2, 0: 'z' },
  ],
);
const steps = fc.record({
  count: counts,
  over: overs,
  loopValue: fc.constantFrom(undefined, 'i'),
  loopElement: fc.constantFrom(undefined, 'item'),
  whileTrue: fc.constantFrom(undefined, undefined, 'thrice', 'unknown'),
});
const variables = fc.record(
  { skip: fc.constant(true), n: fc.constantFrom<unknown>(2, '3', 0, 4) },
  { requiredKeys: ['n'], noNullPrototype: true },
);

function withLists(vars: Vars): Vars {
  return { ...vars, range: '1-3', list: ['p', 'q'], deep: { list: [null, 0] }, notAList: 'xy', none: [] };
}

function processor(): Record<string, unknown> {
  let calls = 0;
  return {
    thrice: (_context: unknown, done: (goOn: boolean) => void) => {
      calls += 1;
      done(calls < 3);
    },
  };
}

describe('against Artillery', () => {
  test('every loop has the same rounds, and the same variables in each and after', async () => {
    await fc.assert(
      fc.asyncProperty(steps, variables, async (step, vars) => {
        const theirs = await official_(step, withLists(vars), processor());
        expect(await ours(step, withLists(vars), processor())).toEqual(theirs);
      }),
      { numRuns: 600 },
    );
  });

  test('a later decision is waited for', async () => {
    const later = (_context: unknown, done: (goOn: boolean) => void): void => {
      setImmediate(done, false);
    };
    expect(await ours({ whileTrue: 'later' }, {}, { later })).toEqual([
      [0, 0],
      [1, 0],
    ]);
  });
});

test('an error of the deciding function reaches the journey', () => {
  const broken = (): never => {
    throw new Error('broken');
  };
  const run = compileLoop({ whileTrue: 'broken' }, { broken }).begin({ vars: {} });
  let reported: unknown;
  run.advance((error) => {
    reported = error;
  });
  expect(reported).toEqual(new Error('broken'));
});
