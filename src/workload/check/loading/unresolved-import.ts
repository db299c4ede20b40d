import { existsSync, statSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readProcessor } from '../processor/read-processor.ts';
import { resolveModule } from '../processor/resolve-module.ts';
import { isNode, requiredModule, type SyntaxNode } from '../processor/syntax-tree.ts';
import { type ModuleText, packageOf } from './module-text.ts';

/** An import that Node follows when it loads a module. */
export interface ModuleImport {
  readonly request: string;
  readonly offset: number;
  /** What it takes by name; none where it takes all, or the default. */
  readonly names: readonly string[];
}

/** The imports of a module that are followed at once: not those in functions, nor those that may fail (`try`). */
export function importsOf({ isEsModule, syntax, program }: ModuleText): ModuleImport[] {
  if (!isEsModule) return topLevelRequires(program).map((required) => ({ ...required, names: [] }));
  const imports = syntax.staticImports.flatMap(({ moduleRequest, entries, start }) => {
    const used = entries.filter(({ isType }) => !isType);
    if (entries.length > 0 && used.length === 0) return [];
    const names = used.flatMap(({ importName }) => (importName.kind === 'Name' ? [importName.name ?? ''] : []));
    return [{ request: moduleRequest.value, offset: start, names }];
  });
  const reexports = syntax.staticExports.flatMap(({ entries, start }) =>
    entries.flatMap(({ moduleRequest, isType }) =>
      moduleRequest === null || isType ? [] : [{ request: moduleRequest.value, offset: start, names: [] }],
    ),
  );
  return [...imports, ...reexports];
}

/** Where an import leads. */
export type Resolution =
  | { readonly kind: 'file'; readonly file: string }
  /** A package, or something of Node's own; it is not looked into. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'nowhere'; readonly reason: string };

/** Follows an import as Node does. */
export function resolveImport({ request }: ModuleImport, module: ModuleText): Resolution {
  if (isBuiltin(request) || /^(?:#|[a-z][a-z+.-]+:)/.test(request)) return { kind: 'elsewhere' };
  if (!/^\.{0,2}\/|^\.{1,2}$/.test(request)) return resolvePackage(request, module);
  const file = module.isEsModule ? exactFile(request, module) : requiredFile(request, module);
  if (file !== undefined) return { kind: 'file', file };
  const meant = resolveModule(module.file, request);
  const hint =
    meant === undefined
      ? ''
      : `; ${relative(dirname(module.file), meant)} does (imports carry the extension of the file)`;
  return { kind: 'nowhere', reason: `it imports ${request}, which does not exist${hint}` };
}

function exactFile(request: string, { file }: ModuleText): string | undefined {
  const path = fileURLToPath(new URL(request.replace(/[?#].*$/, ''), pathToFileURL(file)));
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true ? path : undefined;
}

function requiredFile(request: string, { file }: ModuleText): string | undefined {
  try {
    return createRequire(file).resolve(request);
  } catch {
    return undefined;
  }
}

/** Only whether the package is there: which of its files it hands out is its own affair. */
function resolvePackage(request: string, { file, isEsModule }: ModuleText): Resolution {
  const name = request
    .split('/')
    .slice(0, request.startsWith('@') ? 2 : 1)
    .join('/');
  const isElsewhere = packageOf(file)?.name === name || (!isEsModule && process.env.NODE_PATH !== undefined);
  if (isElsewhere || foldersAbove(file).some((folder) => existsSync(join(folder, 'node_modules', name)))) {
    return { kind: 'elsewhere' };
  }
  return { kind: 'nowhere', reason: `it imports the package ${name}, which is not installed` };
}

function foldersAbove(file: string): string[] {
  const folder = dirname(file);
  return folder === file ? [] : [folder, ...foldersAbove(folder)];
}

/** A name that an import takes from a file which does not export it. Nothing is said where its text does not tell all. */
export function missingName({ names }: ModuleImport, file: string): string | undefined {
  if (names.length === 0) return undefined;
  const { functions } = readProcessor(file);
  return functions === undefined ? undefined : names.find((name) => name !== 'default' && !functions.has(name));
}

function topLevelRequires(node: SyntaxNode): { readonly request: string; readonly offset: number }[] {
  if (/Function|^TryStatement$|^Class|^ConditionalExpression$|^LogicalExpression$|^IfStatement$/.test(node.type))
    return [];
  const request = requiredModule(node);
  const here = request === undefined ? [] : [{ request, offset: Number(node.start) }];
  const below = Object.values(node).flatMap((value) => (Array.isArray(value) ? value : [value]));
  return [...here, ...below.filter(isNode).flatMap(topLevelRequires)];
}
