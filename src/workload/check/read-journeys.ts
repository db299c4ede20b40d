import { z } from 'zod';
import { SCENARIOS } from '../schema/scenario.ts';
import { type Dialect, STEP_NAMES, STEPS } from '../schema/steps.ts';
import { type Cursor, cursorAt, isPresent, textAt } from './cursor.ts';
import { atValue, type Finding, findingAt } from './finding.ts';
import { dialectOf, isJourney, type Journey, kindOf, type Step } from './journey.ts';
import { checkShape, type ShapeFaults, type UnknownKey } from './shape.ts';
import { similarFile } from './similar-file.ts';
import { isSourceFault, type SourceFault, type SourceFile } from './source-file.ts';
import { besideOf, type SourceStore } from './source-store.ts';

type Role = Journey['role'];

/** The files that were included on the way to a place, outermost first. */
type Chain = readonly SourceFile[];

/**
 * Reads journeys with all that they include, and collects what is wrong with their form and with their includes. What
 * cannot be read is left out. Includes mean what `expandIncludes` makes of them.
 */
export class JourneyReader {
  readonly findings: Finding[] = [];
  readonly unknownKeys: UnknownKey[] = [];
  readonly #files: SourceStore;
  readonly #defaultEngine: string;
  readonly #checked = new Set<string>();

  /** @param defaultEngine engine of scenarios that name none. */
  constructor(files: SourceStore, defaultEngine: string) {
    this.#files = files;
    this.#defaultEngine = defaultEngine;
  }

  /** @param head the scenario as it stands in the test, or a whole journey file. */
  read(head: Cursor, role: Role): Journey {
    const heads = this.#headsOf(head, [head.source]);
    const value = (key: string): string | undefined => heads.map((part) => textAt(part.at(key))).find(Boolean);
    // `before` and `after` do not look at config.engine.
    const engine = value('engine') ?? (role === 'scenario' ? this.#defaultEngine : 'http');
    const dialect = dialectOf(engine);
    if (dialect !== undefined) for (const part of heads) this.#checkOnce(part, dialect, SCENARIOS[dialect]);
    const chain = heads.map(({ source }) => source);
    const flow = (heads.at(-1) ?? head).at('flow');
    const steps = dialect === undefined ? [] : this.#steps(flow, dialect, chain);
    return { role, name: value('name'), engine, dialect, heads, steps };
  }

  /** @param list the steps of a file that holds nothing else. */
  readSteps(list: Cursor): Journey {
    const dialect = dialectOf(this.#defaultEngine) ?? 'http';
    this.#checkOnce(list, dialect, z.array(STEPS[dialect]));
    const steps = this.#steps(list, dialect, [list.source]);
    return { role: 'scenario', name: undefined, engine: this.#defaultEngine, dialect, heads: [list], steps };
  }

  /** A scenario that is nothing but an include of a journey has a second head in the file, and so on. */
  #headsOf(head: Cursor, chain: Chain): [Cursor, ...Cursor[]] {
    const only = head.at('flow').items();
    const include = only.length === 1 ? only[0]?.at('include') : undefined;
    if (include === undefined || !isPresent(include)) return [head];
    const file = this.#included(include, chain);
    if (file === undefined || !isJourney(file.content)) return [head];
    return [head, ...this.#headsOf(cursorAt(file), [...chain, file])];
  }

  #steps(flow: Cursor, dialect: Dialect, chain: Chain): Step[] {
    return flow.items().flatMap((cursor) => this.#step(cursor, dialect, chain));
  }

  #step(cursor: Cursor, dialect: Dialect, chain: Chain): Step[] {
    if (isPresent(cursor.at('include'))) return this.#includedSteps(cursor.at('include'), dialect, chain);
    const lists = [cursor.at('loop'), cursor.at('parallel')];
    const children = lists.flatMap((list) => this.#steps(list, dialect, chain));
    return [{ cursor, kind: kindOf(cursor), children }];
  }

  #includedSteps(include: Cursor, dialect: Dialect, chain: Chain): Step[] {
    const file = this.#included(include, chain);
    if (file === undefined) return [];
    const root = cursorAt(file);
    if (!Array.isArray(file.content)) {
      // Said once: a journey that is the only step of a flow is read as a head and never comes here.
      this.#report('include-shape', include, `${file.path} holds no list of steps`);
      return [];
    }
    this.#checkOnce(root, dialect, z.array(STEPS[dialect]));
    return this.#steps(root, dialect, [...chain, file]);
  }

  #included(include: Cursor, chain: Chain): SourceFile | undefined {
    const path = textAt(include);
    const own = chain.at(-1);
    if (path === undefined || path === '' || own === undefined) return undefined;
    const read = this.#files.read(besideOf(own, path));
    if (isSourceFault(read)) {
      this.#reportUnreadable(include, path, read);
      return undefined;
    }
    const loop = chain.findIndex(({ absolutePath }) => absolutePath === read.absolutePath);
    if (loop < 0) return read;
    const circle = [...chain.slice(loop), read].map((file) => file.path).join(' → ');
    this.#report('include-loop', include, `includes go round in a circle: ${circle}`);
    return undefined;
  }

  #reportUnreadable(include: Cursor, path: string, fault: SourceFault): void {
    if (fault.kind === 'syntax') {
      const message = `is not valid YAML: ${fault.message}`;
      this.findings.push(findingAt('test-file-syntax', fault.span, fault.line, { message }));
      return;
    }
    const message = `include: ${path} ${fault.message}`;
    const suggestion = similarFile(besideOf(include.source, path), path);
    const details = { message, hint: `Looked for ${fault.span.position.file}.` };
    this.findings.push(atValue('include-unreadable', include, { ...details, ...(suggestion && { suggestion }) }));
  }

  #report(code: 'include-shape' | 'include-loop', include: Cursor, message: string): void {
    this.findings.push(atValue(code, include, { message }));
  }

  #checkOnce(root: Cursor, dialect: Dialect, schema: z.ZodType): void {
    const place = `${root.source.absolutePath} ${root.path.join('/')} ${dialect}`;
    if (this.#checked.has(place)) return;
    this.#checked.add(place);
    this.#take(checkShape(schema, root, STEP_NAMES[dialect]));
  }

  #take({ findings, unknownKeys }: ShapeFaults): void {
    this.findings.push(...findings);
    this.unknownKeys.push(...unknownKeys);
  }
}
