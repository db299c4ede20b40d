import { BroadcastChannel } from 'node:worker_threads';
import { outputRedactor } from 'proving-ground/record/redact.ts';
import { soundsSecret, textsBelow } from 'proving-ground/workload/index.ts';

/** The variables of one user. */
export type UserVariables = Record<string, unknown>;

/**
 * The names of variables that hold secrets which are known only while users work: captured ones and those that templates
 * use, as far as they are declared or sound like secrets.
 */
export function secretVariables(flows: readonly unknown[], declared: readonly string[]): string[] {
  return [...new Set([...declared, ...namesIn(flows).filter(soundsSecret)])];
}

function namesIn(value: unknown): string[] {
  if (typeof value === 'string') return [...value.matchAll(/\{\{\s*([\w$]+)/g)].map(([, name = '']) => name);
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (typeof value !== 'object' || value === null) return [];
  const captured = 'as' in value && typeof value.as === 'string' ? [value.as] : [];
  return [...captured, ...Object.values(value).flatMap(namesIn)];
}

/**
 * Watches variables of users, and hands on every value that one of them is given: by a capture, by a function, by a file.
 * Whoever sets or reads the variables sees no difference.
 *
 * @returns a function that begins to watch the variables of one user.
 */
export function createVariableWatch(
  names: readonly string[],
  learn: (values: string[]) => void,
): (variables: UserVariables) => void {
  const first = names.map((name) => [
    name,
    { set: watchedSetter(name, learn), get: () => undefined, configurable: true },
  ]);
  // On the prototype, so that a variable that is not set yet does not look like one that is.
  const prototype: object = Object.create(
    Object.prototype,
    Object.fromEntries(first) as PropertyDescriptorMap,
  ) as object;
  return (variables) => {
    const present = names
      .filter((name) => Object.hasOwn(variables, name))
      .map((name) => [name, variables[name]] as const);
    Object.setPrototypeOf(variables, prototype);
    for (const [name, value] of present) {
      delete variables[name];
      variables[name] = value;
    }
  };
}

/** The first value makes the variable the user's own; from then on that one hands on what it is given. */
function watchedSetter(name: string, learn: (values: string[]) => void) {
  return function setFirst(this: UserVariables, value: unknown): void {
    let current = value;
    learn(textsBelow(value));
    Object.defineProperty(this, name, {
      enumerable: true,
      configurable: true,
      get: () => current,
      set: (next: unknown) => {
        current = next;
        learn(textsBelow(next));
      },
    });
  };
}

/** In a worker: teaches the redactor of this thread, and that of the main process, which prints what the workers say. */
export function shareSecrets(testRunId: string): (values: string[]) => void {
  const channel = openChannel(testRunId);
  return onceEach((values) => {
    outputRedactor.learnPassing(values);
    channel.postMessage(values);
  });
}

/** Values that were handed on lately and need not be again; half of what a redactor is sure to remember. */
const REMEMBERED = 10_000;

/** Leaves out what was handed on before: a journey captures the same token again and again, and a message is dear. */
export function onceEach(share: (values: string[]) => void): (values: string[]) => void {
  const shared = new Set<string>();
  return (values) => {
    const fresh = values.filter((value) => !shared.has(value));
    if (fresh.length === 0) return;
    if (shared.size >= REMEMBERED) shared.clear();
    for (const value of fresh) shared.add(value);
    share(fresh);
  };
}

/** In the main process: learns what workers share. */
export function learnSharedSecrets(testRunId: string): void {
  openChannel(testRunId).onmessage = (event) => outputRedactor.learnPassing((event as { data: string[] }).data);
}

function openChannel(testRunId: string): BroadcastChannel {
  const channel = new BroadcastChannel(`proving-ground-secrets-${testRunId}`);
  channel.unref();
  return channel;
}
