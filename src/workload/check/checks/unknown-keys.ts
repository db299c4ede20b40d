import { closest } from '../../schema/closest.ts';
import type { Finding } from '../finding.ts';
import type { Processor } from '../processor/read-processor.ts';
import type { UnknownKey } from '../shape.ts';
import type { TestModel } from '../test-model.ts';

/**
 * The unknown keys that nothing reads. Plugins and engines read settings under their own name; hooks may read keys of a
 * request that the engine does not know; code that is unknown here may read anything, but hardly a misspelt key.
 */
export function unreadKeys(keys: readonly UnknownKey[], test: TestModel): Finding[] {
  return keys.filter((key) => !isRead(key, test)).map(({ finding }) => finding);
}

function isRead({ key, owner, finding }: UnknownKey, test: TestModel): boolean {
  const allowed = finding.allowed ?? [];
  if (owner.path.length === 0 && isForAnchors(key, owner)) return true;
  if (isRequest(owner.path) && test.processors.some(({ processor }) => mayRead(processor, key, allowed))) return true;
  if (namesOfCode(test).includes(key)) return true;
  return test.hasForeignCode && !isStep(allowed) && closest(key, allowed) === undefined;
}

/** A processor that could not be read may read any key, but hardly a misspelt one. */
function mayRead(processor: Processor | undefined, key: string, allowed: readonly string[]): boolean {
  return processor === undefined ? closest(key, allowed) === undefined : processor.mentions(key);
}

/** A place for YAML anchors beside the test: `x-…` by custom, or whatever is referred to. */
function isForAnchors(key: string, owner: UnknownKey['owner']): boolean {
  return key.startsWith('x-') || owner.source.hasAnchor([key]);
}

function isRequest(path: readonly (string | number)[]): boolean {
  return REQUEST_STEP.test(String(path.at(-1)));
}

const REQUEST_STEP = /^(?:get|post|put|patch|delete|head|options)$/;

function isStep(allowed: readonly string[]): boolean {
  return allowed.length === 1;
}

function namesOfCode({ views }: TestModel): string[] {
  return views.flatMap(({ config }) => [...config.at('plugins').keys(), ...config.at('engines').keys()]);
}
