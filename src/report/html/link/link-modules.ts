import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stripTypes } from './strip-types.ts';

const IMPORT = /^import\s*\{(?<names>[^}]*)\}\s*from\s*'(?<from>[^']+)';$/gm;
const TYPE_IMPORT = /^import\s+type\s[^;]*;$/gm;
const EXPORT = /^export\s+(?=(?:async\s+)?(?:function|const|class)\b)/gm;
const EXPORTED = /^export\s+(?:async\s+)?(?:function|const|class)\s+(?<name>\w+)/gm;
const LEFT_OVER = /^\s*(?:import|export)\b.*$/m;

/** The text of a module and of everything it imports, by address, without imports of types alone. */
export function sourcesOf(entry: URL): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  const visit = (url: URL): void => {
    if (sources.has(url.href)) return;
    const source = readFileSync(fileURLToPath(url), 'utf8').replace(TYPE_IMPORT, '');
    sources.set(url.href, source);
    for (const { groups } of source.matchAll(IMPORT)) visit(new URL(groups?.from ?? '', url));
  };
  visit(entry);
  return sources;
}

/**
 * Puts a module and everything it imports into one classic script: types erased, each module a function that returns what it
 * exports, in the order in which they need each other. Enough for this folder's own style (named imports and exports at the
 * beginning of a line, no circles); anything else is refused rather than guessed.
 *
 * @param sources of the module and of all that it imports.
 * @throws RangeError for a module that does not follow that style.
 */
export function linkModules(entry: URL, sources = sourcesOf(entry)): string {
  const modules: string[] = [];
  const numbers = new Map<string, number>();
  const visit = (url: URL): number => {
    const known = numbers.get(url.href);
    if (known !== undefined) return known;
    const source = sources.get(url.href);
    if (source === undefined) throw new RangeError(`${url.pathname} is not among the sources`);
    const code = linked(stripTypes(source), url, visit);
    const number = modules.length;
    modules.push(`const module${number} = (() => {\n${code}\n})();`);
    numbers.set(url.href, number);
    return number;
  };
  visit(entry);
  return `(() => {\n'use strict';\n${modules.join('\n')}\n})();`;
}

function linked(code: string, url: URL, visit: (url: URL) => number): string {
  const names = [...code.matchAll(EXPORTED)].map((match) => match.groups?.name ?? '');
  const body = code
    .replace(IMPORT, (_whole, imported: string, from: string) => {
      const number = visit(new URL(from, url));
      const bindings = imported
        .split(',')
        .map((name) => name.trim().replace(/\s+as\s+/, ': '))
        .filter((name) => name !== '');
      return bindings.length === 0 ? '' : `const { ${bindings.join(', ')} } = module${number};`;
    })
    .replace(EXPORT, '');
  const leftOver = LEFT_OVER.exec(body)?.[0];
  if (leftOver !== undefined) throw new RangeError(`${url.pathname}: cannot link ${leftOver.trim()}`);
  return `${withoutComments(body)}\nreturn { ${names.join(', ')} };`;
}

/** Docstrings and lines that became blank; a comment inside a line stays, since it may be part of a string. */
function withoutComments(code: string): string {
  return code
    .replace(/^\s*\/\*\*[\s\S]*?\*\/\s*$/gm, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{2,}/g, '\n');
}
