import { loopRange, roundsOf } from '../../plan/loop-count.ts';
import { parseMs } from '../../plan/milliseconds.ts';
import { type Cursor, isPresent, textAt, textsAt } from '../cursor.ts';
import { atKey, atValue, type Finding } from '../finding.ts';
import { allSteps, type Journey, labelOf, SCENARIO_HOOKS, type Step } from '../journey.ts';
import { spokenSeconds } from '../numbers.ts';
import type { TestModel } from '../test-model.ts';
import { LONGEST_TIMER_SECONDS } from './phases.ts';

const HOUR_SECONDS = 3_600;

/** Whether steps do what they say in the engine that runs them. */
export function checkSteps({ journeys }: TestModel): Finding[] {
  return journeys.flatMap((journey) => [
    ...ignoredHooks(journey),
    ...lateConnects(journey),
    ...refusedSteps(journey),
    ...allSteps(journey.steps).flatMap((step) => [...thinkFaults(step, journey), ...loopFaults(step)]),
  ]);
}

function thinkFaults({ cursor }: Step, { engine }: Journey): Finding[] {
  const think = cursor.at('think');
  const { value } = think;
  // Artillery's engines hand a fraction to a timer as text; ours reads it as it is meant.
  if (engine !== 'undici' && typeof value === 'number' && !Number.isInteger(value) && value >= 0) {
    const suggestion = `${Math.round(value * 1000)}ms`;
    return [
      atValue('fractional-think', think, {
        message: `think: ${value} is no pause at all`,
        found: String(value),
        suggestion,
      }),
    ];
  }
  const seconds = thinkSeconds(value);
  if (seconds === undefined || seconds <= HOUR_SECONDS) return [];
  const found = spokenSeconds(seconds);
  const code = seconds > LONGEST_TIMER_SECONDS ? 'timer-overflow' : 'long-duration';
  return [atValue(code, think, { message: `a user pauses for ${found}`, found })];
}

function thinkSeconds(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : parseMs(value);
  return ms === undefined ? undefined : ms / 1000;
}

function loopFaults({ cursor }: Step): Finding[] {
  if (!isPresent(cursor.at('loop'))) return [];
  const count = cursor.at('count');
  if (isPresent(cursor.at('over')) || isPresent(cursor.at('whileTrue'))) return [];
  if (count.value === 0) return [atValue('loop-of-zero', count, { message: 'count: 0 makes a loop without end' })];
  if (typeof count.value === 'string' && count.value.includes('{{')) return [];
  const rounds = roundsOf(loopRange(count.value));
  if (rounds === Infinity) {
    const at = isPresent(count) ? count : cursor.at('loop');
    return [atKey('loop-without-end', at, { message: 'the loop has no end', allowed: ['count', 'over', 'whileTrue'] })];
  }
  if (rounds > 0) return [];
  const message = `count is ${String(count.value)}: the loop has no round`;
  return [
    atValue('impossible-value', count, {
      message,
      found: String(count.value),
      allowed: ['a number from 1', 'a range such as 1-5'],
    }),
  ];
}

/** The ws and socketio engines do not know the hooks of scenarios. */
function ignoredHooks(journey: Journey): Finding[] {
  const { dialect, heads } = journey;
  if (dialect !== 'ws' && dialect !== 'socketio') return [];
  const hooks = heads.flatMap((head) => SCENARIO_HOOKS.map((hook) => ({ hook, cursor: head.at(hook) })));
  return hooks
    .filter(({ cursor }) => textsAt(cursor).length > 0)
    .map(({ hook, cursor }) =>
      atKey('ignored-hook', cursor, { message: `${labelOf(journey)}: the ${dialect} engine never calls ${hook}` }),
    );
}

function lateConnects({ dialect, steps }: Journey): Finding[] {
  if (dialect !== 'ws') return [];
  const late = [...steps.slice(1), ...allSteps(steps.flatMap(({ children }) => children))].filter(
    ({ kind }) => kind === 'connect',
  );
  return late.map(({ cursor }) =>
    atKey('connect-not-first', cursor.at('connect'), {
      message: 'connect has no effect here: it is not the first step',
    }),
  );
}

/**
 * Artillery's own validation allows one key in a step, unless the scenario itself names another engine. It looks neither into
 * loops nor into included files.
 */
function refusedSteps({ heads: [head], steps }: Journey): Finding[] {
  const engine = textAt(head.at('engine')) ?? 'http';
  const own = steps.filter(
    ({ cursor }) => cursor.source === head.source && cursor.path.length === head.path.length + 2,
  );
  return own.flatMap(({ cursor }) => {
    const [, second] = cursor.keys();
    const allowsMore = engine === 'undici' || engine === 'socketio' || isPresent(cursor.at('loop'));
    if (!allowsMore && (second === 'limit' || second === 'jitter')) return [refused(cursor.at(second), second)];
    const sent = engine === 'socketio' ? cursor.at('emit').items() : [];
    const item = sent.find(({ value }) => typeof value !== 'string');
    return item === undefined ? [] : [refused(item, 'anything but a text in a list')];
  });
}

function refused(cursor: Cursor, what: string): Finding {
  return atKey('refused-by-artillery', cursor, { message: `Artillery's own validation refuses ${what} here` });
}
