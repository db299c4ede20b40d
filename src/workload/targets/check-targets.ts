import { dirname, relative, resolve } from 'node:path';
import { type Position, UserFault } from '../../errors.ts';
import { readTestFile, type TestFile, type YamlPath } from '../test-file.ts';
import { addressOf } from './address.ts';
import type { TargetPolicy } from './target-policy.ts';

/** What a test wants to load. */
export interface LoadedTest {
  /** The test file; undefined where it is no YAML. */
  readonly file: string | undefined;
  /** The effective target: after --target and environments. */
  readonly target: string | undefined;
  readonly environment: string | undefined;
  /** The effective phases. */
  readonly phases: unknown;
}

/**
 * Refuses a test that would load what it may not: its target, absolute URLs in its steps and in journeys that it includes,
 * and arrival rates above what the target's entry allows. URLs that hooks make and redirects are known only when they
 * happen; the workers refuse those.
 *
 * @throws UserFault `target-not-allowed` with the line that names the host.
 */
export function checkTargets(test: LoadedTest, policy: TargetPolicy): void {
  const file = test.file === undefined ? undefined : readTestFile(test.file);
  if (test.target !== undefined) checkUrl(test.target, positionOfTarget(test, file), policy, test.phases, file);
  if (file === undefined) return;
  for (const { url, position } of urlsIn(file, new Set())) checkUrl(url, position, policy, test.phases, file);
}

function checkUrl(
  url: string,
  position: Position | undefined,
  policy: TargetPolicy,
  phases: unknown,
  file: TestFile | undefined,
): void {
  const address = addressOf(url);
  if (address === undefined) return;
  const decision = policy(address);
  if (!decision.allowed) throw new UserFault('target-not-allowed', decision.reason, { position, hint: decision.hint });
  const limit = decision.target?.maxArrivalRate;
  if (limit !== undefined) checkRates(phases, limit, address.host, file);
}

function checkRates(phases: unknown, limit: number, host: string, file: TestFile | undefined): void {
  if (!Array.isArray(phases)) return;
  for (const [index, phase] of phases.entries()) {
    for (const key of ['arrivalRate', 'rampTo'] as const) {
      const rate = typeof phase === 'object' && phase !== null ? Number(Reflect.get(phase, key)) : Number.NaN;
      if (!(rate > limit)) continue;
      throw new UserFault(
        'target-not-allowed',
        `${key} ${rate} is more than ${host} may get: ${limit} new users per second`,
        {
          position: file?.position(['config', 'phases', index, key]),
          hint: 'Lower the rate, or raise maxArrivalRate in targets.yml if its owners agree.',
        },
      );
    }
  }
}

/** The environment's own target, else the common one; with --target neither holds the value, and none is pointed to. */
function positionOfTarget({ target, environment }: LoadedTest, file: TestFile | undefined): Position | undefined {
  const paths: YamlPath[] = [['config', 'target']];
  if (environment !== undefined) paths.unshift(['config', 'environments', environment, 'target']);
  const path = paths.find((candidate) => valueAt(file?.content, candidate) === target);
  return path === undefined ? undefined : file?.position(path);
}

function valueAt(content: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    content,
  );
}

interface FoundUrl {
  readonly url: string;
  readonly position: Position | undefined;
}

/** Every absolute URL that a step of the file, or of a file it includes, asks for. */
function urlsIn(file: TestFile, seen: Set<string>): FoundUrl[] {
  const absolute = resolve(file.path);
  if (seen.has(absolute)) return [];
  seen.add(absolute);
  const found: FoundUrl[] = [];
  walk(file.content, [], (value, path) => {
    const key = path.at(-1);
    if ((key === 'url' || key === 'uri') && path[0] !== 'config')
      found.push({ url: value, position: file.position(path) });
    if (key === 'include')
      found.push(...urlsIn(readTestFile(relative(process.cwd(), resolve(dirname(absolute), value))), seen));
  });
  return found;
}

function walk(value: unknown, path: YamlPath, visit: (value: string, path: YamlPath) => void): void {
  if (typeof value === 'string') visit(value, path);
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) walk(item, [...path, index], visit);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) walk(item, [...path, key], visit);
  }
}
