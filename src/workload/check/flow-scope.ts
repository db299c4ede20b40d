import { type Cursor, isPresent, oneOrMoreAt, textAt } from './cursor.ts';
import { allSteps, type Step } from './journey.ts';
import { requestOf } from './request-of.ts';
import { stepCalls } from './step-calls.ts';

/** What is known about the variables of a user at some point of a flow. */
export interface Scope {
  readonly names: ReadonlySet<string>;
  /** A function has run by then: it may have set any variable. */
  readonly isOpen: boolean;
}

/** A step with the variables that are there when its texts are filled in. */
export interface ScopedStep {
  readonly step: Step;
  readonly scope: Scope;
}

/** Follows a flow from its beginning, and gives every step with its scope. */
export function scopedSteps(steps: readonly Step[], begin: Scope): ScopedStep[] {
  const found: ScopedStep[] = [];
  let scope = begin;
  for (const step of steps) {
    const now = step.children.length > 0 ? scopeInside(step, scope) : withRequestHook(step, scope);
    found.push({ step, scope: now }, ...scopedSteps(step.children, now));
    scope = scopeAfter(step, now);
  }
  return found;
}

/** In a loop or a parallel step, the order of steps says nothing about what has been captured. */
function scopeInside(step: Step, scope: Scope): Scope {
  const below = allSteps(step.children);
  const names = [
    ...loopVariables(step.cursor),
    ...below.flatMap(({ cursor }) => loopVariables(cursor)),
    ...below.flatMap(capturedBy),
  ];
  const calls = [step, ...below].some((inner) => stepCalls(inner).length > 0);
  return { names: new Set([...scope.names, ...names]), isOpen: scope.isOpen || calls };
}

function withRequestHook(step: Step, scope: Scope): Scope {
  const hasHook = isPresent(requestOf(step)?.at('beforeRequest') ?? step.cursor.at('connect', 'function'));
  return hasHook ? { ...scope, isOpen: true } : scope;
}

function scopeAfter(step: Step, scope: Scope): Scope {
  const names = new Set([...scope.names, ...capturedBy(step)]);
  // A condition may be a function too, and functions may set what they like.
  const isCondition = /^[\w$]+$/.test(textAt(requestOf(step)?.at('ifTrue') ?? step.cursor) ?? '');
  return { names, isOpen: scope.isOpen || isCondition || stepCalls(step).length > 0 };
}

function loopVariables(loop: Cursor): string[] {
  if (!isPresent(loop.at('loop'))) return [];
  return [textAt(loop.at('loopValue')) ?? '$loopCount', textAt(loop.at('loopElement')) ?? '$loopElement'];
}

/** The variables that a step takes out of an answer. */
export function capturedBy(step: Step): string[] {
  const { cursor } = step;
  const answers = [
    requestOf(step),
    cursor.at('send'),
    cursor.at('wait'),
    cursor.at('response'),
    cursor.at('acknowledge'),
  ];
  const captures = answers.flatMap((answer) => (answer === undefined ? [] : oneOrMoreAt(answer.at('capture'))));
  return captures
    .flatMap((capture) => (textAt(capture.at('as')) ?? '').split(/[.[]/)[0] ?? [])
    .filter((name) => name !== '');
}
