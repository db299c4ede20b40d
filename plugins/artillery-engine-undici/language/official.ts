// The reference of the tests beside this: Artillery's own functions, of the installed version. Nothing else imports it.

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

type Vars = Record<string, unknown>;

interface OfficialContext {
  vars: Vars;
  funcs?: Record<string, (...args: never[]) => unknown>;
  _defaultStrictCapture?: boolean;
}

type Done = (error: unknown, context?: OfficialContext) => void;
type Step = (context: OfficialContext, done: Done) => void;

interface OfficialResult {
  captures: Record<string, unknown>;
  matches: Record<string, { success?: boolean; strict?: unknown }>;
}

interface EngineUtil {
  template(value: unknown, context: OfficialContext): unknown;
  createThink(step: object, defaults?: object): Step;
  createLoopWithCount(count: unknown, steps: Step[], options: object): Step;
  isProbableEnough(request: object): boolean;
  captureOrMatch(
    request: object,
    response: { body: string; headers: object },
    context: OfficialContext,
    done: (error: unknown, result: OfficialResult | null) => void,
  ): void;
}

/** What Artillery uses of lodash, and what tests need to give both sides values of their own. */
interface Lodash {
  cloneDeep<Value>(value: Value): Value;
  get(object: unknown, path: string): unknown;
  set(object: object, path: string, value: unknown): unknown;
}

const manifest = createRequire(import.meta.url).resolve('artillery/package.json');
const fromArtillery = createRequire(manifest);
const module = join(dirname(manifest), 'dist/lib/commons/engine_util.js');

/** Artillery's `lib/commons/engine_util`. */
export const official = (await import(pathToFileURL(module).href)) as EngineUtil;
/** The lodash that Artillery uses. */
export const lodash = fromArtillery('lodash') as Lodash;
/** The package `ms` that Artillery uses. */
export const ms = fromArtillery('ms') as (text: string) => number | undefined;
