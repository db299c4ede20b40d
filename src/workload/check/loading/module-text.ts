import { readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { type EcmaScriptModule, parseSync } from 'oxc-parser';
import { isEntry } from '../../plan/entry.ts';
import { isNode, type SyntaxNode } from '../processor/syntax-tree.ts';

/** A module as Node would load it. */
export interface ModuleText {
  readonly file: string;
  readonly text: string;
  readonly isEsModule: boolean;
  /** What it imports and exports, if it is written as an ES module. */
  readonly syntax: EcmaScriptModule;
  readonly program: SyntaxNode;
  /** The first thing that is no JavaScript and no TypeScript. */
  readonly fault: { readonly message: string; readonly offset: number } | undefined;
}

/** Whether a file is a module of a kind that can be read here. */
export function isModuleFile(file: string): boolean {
  return /\.[cm]?[jt]s$/.test(file);
}

/** Reads a module; nothing is executed. @param file absolute, without symbolic links. */
export function readModuleText(file: string): ModuleText {
  const text = readFileSync(file, 'utf8');
  const { module: syntax, program, errors } = parseSync(file, text);
  const [error] = errors;
  const offset = error?.labels[0]?.start ?? 0;
  return {
    file,
    text,
    isEsModule: isEsModule(file, syntax.hasModuleSyntax),
    syntax,
    program: isNode(program) ? program : { type: 'Program', body: [] },
    fault: error && { message: error.message, offset },
  };
}

/** By the extension, else by the nearest package.json, else by what is written in it, as Node decides. */
function isEsModule(file: string, hasModuleSyntax: boolean): boolean {
  if (/^\.m/.test(extname(file))) return true;
  if (/^\.c/.test(extname(file))) return false;
  const type = packageOf(file)?.type;
  return type === undefined ? hasModuleSyntax : type === 'module';
}

/** The nearest package.json. */
export function packageOf(file: string): { readonly type?: unknown; readonly name?: unknown } | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    try {
      const content: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      return isEntry(content) ? content : undefined;
    } catch {
      if (folder === dirname(folder)) return undefined;
    }
  }
}
