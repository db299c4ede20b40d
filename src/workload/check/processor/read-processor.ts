import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { extname } from 'node:path';
import { type EcmaScriptModule, parseSync } from 'oxc-parser';
import { commonJsExports, esModuleExports, type ModuleExports } from './module-exports.ts';
import { resolveModule } from './resolve-module.ts';
import { isNode, requiredModule, type SyntaxNode, walk } from './syntax-tree.ts';

/** What can be said about a processor without running it. */
export interface Processor {
  /** The names that it exports; undefined where its text does not tell them all. */
  readonly functions: ReadonlySet<string> | undefined;
  /** Whether a word stands anywhere in the processor or in the files that it imports. */
  mentions(word: string): boolean;
  /**
   * Whether it may set variables whose names are not written in it: `vars[key] = …`, `Object.assign(context.vars, row)`, a
   * package that is handed the context.
   */
  readonly setsAnyName: boolean;
}

/** The variables of a user used as a whole, or with a computed name. */
const WHOLE_VARIABLES = /\bvars\s*(?:\[\s*[^'"\s]|[,)};:]|=(?!=)|$)/m;

interface Module {
  readonly text: string;
  readonly exports: ModuleExports;
  /** What it imports, as it is written. */
  readonly imports: readonly string[];
  /** Whether it imports npm packages, whose text is not looked at. */
  readonly usesPackages: boolean;
}

/** Reads a processor and all files that it imports by relative paths; nothing is executed. */
export function readProcessor(file: string): Processor {
  const modules = new Map<string, Module | undefined>();
  readAll(file, modules);
  const texts = [...modules.values()].map((module) => module?.text ?? '');
  return {
    functions: exportedNames(file, modules, new Set()),
    mentions: (word) => texts.some((text) => hasWord(text, word)),
    setsAnyName: [...modules.values()].some(
      (module) => module === undefined || module.usesPackages || WHOLE_VARIABLES.test(module.text),
    ),
  };
}

function readAll(file: string, modules: Map<string, Module | undefined>): void {
  if (modules.has(file)) return;
  const module = readModule(file);
  modules.set(file, module);
  for (const request of module?.imports ?? []) {
    const next = resolveModule(file, request);
    if (next !== undefined) readAll(next, modules);
  }
}

function readModule(file: string): Module | undefined {
  if (!/\.[cm]?[jt]sx?$/.test(extname(file))) return undefined;
  const text = readFileSync(file, 'utf8');
  const { module, errors, ...rest } = parsed(file, text);
  if (errors > 0) return { text, exports: UNKNOWN, imports: [], usesPackages: true };
  // Handing over the tree is what costs: an ES module is read without it where nothing in it asks for that.
  const needsTree = !module.hasModuleSyntax || /\brequire\(|\bdefault\b|\bexport\s*=/.test(text);
  const program = needsTree ? rest.program() : EMPTY;
  const imports = [...importedModules(module), ...requiredModules(program)];
  return {
    text,
    exports: module.hasModuleSyntax ? esModuleExports(module, program) : commonJsExports(program),
    imports,
    usesPackages: imports.some((name) => !name.startsWith('.') && !isBuiltin(name)),
  };
}

const EMPTY = { type: 'Program', body: [] };

function parsed(file: string, text: string) {
  const result = parseSync(file, text);
  const program = (): SyntaxNode => (isNode(result.program) ? result.program : EMPTY);
  return { module: result.module, errors: result.errors.length, program };
}

/** The modules that an ES module names; not those of which it only takes types. */
function importedModules({ staticImports, staticExports }: EcmaScriptModule): string[] {
  const used = staticImports.filter(({ entries }) => entries.length === 0 || entries.some(({ isType }) => !isType));
  const reexported = staticExports.flatMap(({ entries }) => entries.filter(({ isType }) => !isType));
  const requests = [...used, ...reexported].map(({ moduleRequest }) => moduleRequest?.value);
  return requests.filter((name) => name !== undefined);
}

function requiredModules(program: SyntaxNode): string[] {
  const required: string[] = [];
  walk(program, (node) => {
    const name = requiredModule(node);
    if (name !== undefined) required.push(name);
  });
  return required;
}

const UNKNOWN: ModuleExports = { names: [], from: [], isComplete: false };

function exportedNames(
  file: string,
  modules: ReadonlyMap<string, Module | undefined>,
  seen: Set<string>,
): Set<string> | undefined {
  if (seen.has(file)) return new Set();
  seen.add(file);
  const exports = modules.get(file)?.exports;
  if (exports === undefined || !exports.isComplete) return undefined;
  const names = new Set(exports.names);
  for (const request of exports.from) {
    const source = resolveModule(file, request);
    const more = source === undefined ? undefined : exportedNames(source, modules, seen);
    if (more === undefined) return undefined;
    for (const name of more) names.add(name);
  }
  return names;
}

function hasWord(text: string, word: string): boolean {
  const escaped = word.replace(/[\\^$.*+?()[\]{}|-]/g, '\\$&');
  return new RegExp(`(?<![\\w$])${escaped}(?![\\w$])`).test(text);
}
