import { realpathSync } from 'node:fs';
import { sep } from 'node:path';
import { commonJsExports, esModuleExports } from '../processor/module-exports.ts';
import { isModuleFile, type ModuleText, readModuleText } from './module-text.ts';
import { unerasableSyntax } from './unerasable-syntax.ts';
import { importsOf, missingName, resolveImport } from './unresolved-import.ts';

/** Why a package cannot be loaded, and where that stands. */
export interface LoadFault {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The end of a sentence about the file: `it holds an enum, …`. */
  readonly reason: string;
}

/** What Artillery wants of a package. */
export type PackageKind = 'plugin' | 'engine';

/** A package with more files of its own than this is looked at only so far. */
const MOST_FILES = 200;

/**
 * Why Artillery would fail to load a plugin or an engine; undefined where nothing speaks against it. Read from the text of its
 * files: nothing is executed, since a package may do anything when it is loaded.
 *
 * @param entry the file that Artillery loads.
 */
export function loadFault(entry: string, kind: PackageKind): LoadFault | undefined {
  const waiting = [realpathSync(entry)];
  const seen = new Set<string>();
  for (let file = waiting.shift(); file !== undefined && seen.size < MOST_FILES; file = waiting.shift()) {
    if (seen.has(file) || !isModuleFile(file)) continue;
    seen.add(file);
    const module = readModuleText(file);
    const fault = textFault(module) ?? importFault(module, waiting);
    if (fault !== undefined) return fault;
    if (seen.size === 1 && !offers(module, kind)) return exportFault(module, kind);
  }
  return undefined;
}

function textFault(module: ModuleText): LoadFault | undefined {
  const { file, fault, program, isEsModule, syntax } = module;
  const isTypeScript = /\.[cm]?ts$/.test(file);
  if (isTypeScript && file.includes(`${sep}node_modules${sep}`)) {
    return at(
      module,
      0,
      'it is TypeScript inside node_modules, which Node does not run (a workspace or a link is fine)',
    );
  }
  if (fault !== undefined) return at(module, fault.offset, `it cannot be read: ${fault.message}`);
  const unerasable = isTypeScript ? unerasableSyntax(program) : undefined;
  if (unerasable !== undefined) {
    return at(module, unerasable.offset, `it holds ${unerasable.what}, and Node only takes types away from TypeScript`);
  }
  const [statement] = isEsModule ? [] : [...syntax.staticImports, ...syntax.staticExports];
  return (
    statement &&
    at(module, statement.start, 'it is CommonJS by its extension or its package.json, and uses import or export')
  );
}

/** @param waiting takes the files that are imported. */
function importFault(module: ModuleText, waiting: string[]): LoadFault | undefined {
  for (const use of importsOf(module)) {
    const found = resolveImport(use, module);
    if (found.kind === 'nowhere') return at(module, use.offset, found.reason);
    if (found.kind === 'elsewhere') continue;
    const file = realpathSync(found.file);
    const name = isModuleFile(file) && readModuleText(file).isEsModule ? missingName(use, file) : undefined;
    if (name !== undefined) {
      return at(
        module,
        use.offset,
        `it imports ${name} from ${use.request}, which exports no such value (types are imported with "import type")`,
      );
    }
    waiting.push(file);
  }
  return undefined;
}

/** Whether a module may export what Artillery looks for; `true` wherever its text does not tell. */
function offers({ isEsModule, syntax, program, text }: ModuleText, kind: PackageKind): boolean {
  if (isEsModule) {
    const hasDefault = syntax.staticExports.some(({ entries }) =>
      entries.some(({ exportName }) => exportName.kind === 'Default' || exportName.name === 'default'),
    );
    const { names, from, isComplete } = esModuleExports(syntax, program);
    return hasDefault || (kind === 'plugin' && (names.includes('Plugin') || from.length > 0 || !isComplete));
  }
  const { names, from, isComplete } = commonJsExports(program);
  const isWhole = /\bmodule\.exports\s*=(?!\s*\{)/.test(text);
  return isWhole || from.length > 0 || !isComplete || (kind === 'plugin' && names.includes('Plugin'));
}

function exportFault(module: ModuleText, kind: PackageKind): LoadFault {
  const wanted = { plugin: 'no class Plugin', engine: 'no class as its default' } as const;
  return at(module, 0, `it exports ${wanted[kind]}, which is what Artillery looks for`);
}

function at({ file, text }: ModuleText, offset: number, reason: string): LoadFault {
  return { file, line: text.slice(0, offset).split('\n').length, reason };
}
