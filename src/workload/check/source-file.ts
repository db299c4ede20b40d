import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { type Position, systemErrorCode } from '../../errors.ts';
import type { YamlPath } from '../test-file.ts';

/** A stretch of one line of a file. */
export interface Span {
  readonly position: Position;
  /** Column after its last character, on the same line; counts from 1. */
  readonly endColumn: number;
}

/** A YAML file with the way back from each value, and from each key, to its place. */
export interface SourceFile {
  /** As the user would type it. */
  readonly path: string;
  readonly absolutePath: string;
  readonly content: unknown;
  readonly lines: readonly string[];
  /** Where the value at a path stands; of something that is not there, the nearest thing around it that is. */
  valueSpan(path: YamlPath): Span;
  /** Where the key stands that a path ends with; for an item of a list the item itself. */
  keySpan(path: YamlPath): Span;
  /** Whether something below a path carries a YAML anchor. */
  hasAnchor(path: YamlPath): boolean;
}

/** Why a file could not become a `SourceFile`. */
export interface SourceFault {
  readonly kind: 'unreadable' | 'syntax';
  /** What is wrong, as the end of a sentence about the file: `does not exist`. */
  readonly message: string;
  readonly span: Span;
  readonly line: string;
}

/** Reads a YAML or JSON file as Artillery does (YAML 1.2 core with merge keys); `path` may be relative. */
export function readSourceFile(path: string): SourceFile | SourceFault {
  const absolutePath = resolve(path);
  const shown = relative(process.cwd(), absolutePath) || path;
  try {
    return parseSourceFile(shown, absolutePath, readFileSync(absolutePath, 'utf8'));
  } catch (thrown) {
    const code = systemErrorCode(thrown);
    if (code === undefined) throw thrown;
    const start = { position: { file: shown, line: 1, column: 1 }, endColumn: 1 };
    return { kind: 'unreadable', message: REASONS[code] ?? `cannot be read (${code})`, span: start, line: '' };
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a folder, not a file',
  EACCES: 'may not be read by you',
};

/** Whether reading a file failed. */
export function isSourceFault(read: SourceFile | SourceFault): read is SourceFault {
  return 'kind' in read;
}

/** `readSourceFile` for text that is already there. */
export function parseSourceFile(path: string, absolutePath: string, text: string): SourceFile | SourceFault {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, merge: true, prettyErrors: false });
  const lines = text.split(/\r?\n/);
  const span = (start: number, end: number): Span => spanOf(path, counter, lines, start, end);
  const [error] = document.errors;
  if (error !== undefined) {
    // Of a wrongly indented line, yaml names the beginning; the first word is what a reader looks for.
    const blanks = /^[ \t]*/.exec(text.slice(error.pos[0]))?.[0].length ?? 0;
    const at = span(error.pos[0] + blanks, Math.max(error.pos[1], error.pos[0] + blanks));
    return { kind: 'syntax', message: error.message, span: at, line: lines[at.position.line - 1] ?? '' };
  }
  const tree = new NodeTree(document, span);
  return {
    path,
    absolutePath,
    content: document.toJS(),
    lines,
    valueSpan: (at) => tree.valueSpan(at),
    keySpan: (at) => tree.keySpan(at),
    hasAnchor: (at) => tree.hasAnchor(at),
  };
}

function spanOf(file: string, counter: LineCounter, lines: readonly string[], start: number, end: number): Span {
  const from = counter.linePos(start);
  const to = counter.linePos(Math.max(start, end));
  const lineEnd = (lines[from.line - 1] ?? '').trimEnd().length + 1;
  const endColumn = to.line === from.line ? to.col : lineEnd;
  return { position: { file, line: from.line, column: from.col }, endColumn: Math.max(endColumn, from.col + 1) };
}

interface Found {
  readonly key?: Node | undefined;
  readonly value?: Node | undefined;
}

class NodeTree {
  readonly #document: Document;
  readonly #span: (start: number, end: number) => Span;

  constructor(document: Document, span: (start: number, end: number) => Span) {
    this.#document = document;
    this.#span = span;
  }

  valueSpan(path: YamlPath): Span {
    const { key, value } = this.#find(path) ?? {};
    // An empty value has no place of its own that a reader could see.
    const isEmpty = value === undefined || (isScalar(value) && value.value === null);
    if (value?.range && !isEmpty) return this.#span(value.range[0], value.range[1]);
    if (key?.range) return this.#span(key.range[0], key.range[1]);
    return path.length === 0 ? this.#span(0, 0) : this.keySpan(path.slice(0, -1));
  }

  keySpan(path: YamlPath): Span {
    const key = this.#find(path)?.key;
    return key?.range ? this.#span(key.range[0], key.range[1]) : this.valueSpan(path);
  }

  hasAnchor(path: YamlPath): boolean {
    return carriesAnchor(this.#find(path)?.value);
  }

  #find(path: YamlPath): Found | undefined {
    let found: Found = { value: asNode(this.#document.contents) };
    for (const step of path) {
      const next = this.#below(found.value, step);
      if (next === undefined) return undefined;
      found = next;
    }
    return found;
  }

  #below(node: Node | undefined, step: string | number): Found | undefined {
    const parent = isAlias(node) ? node.resolve(this.#document) : node;
    if (isSeq(parent)) return typeof step === 'number' ? { value: asNode(parent.items[step]) } : undefined;
    if (!isMap(parent)) return undefined;
    const pair = parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
    return pair && { key: asNode(pair.key), value: asNode(pair.value) };
  }
}

function asNode(value: unknown): Node | undefined {
  return isNode(value) ? value : undefined;
}

function carriesAnchor(node: Node | undefined): boolean {
  if (node === undefined || isAlias(node)) return false;
  if ('anchor' in node && node.anchor !== undefined) return true;
  if (isSeq(node)) return node.items.some((item) => carriesAnchor(asNode(item)));
  return isMap(node) && node.items.some(({ value }) => carriesAnchor(asNode(value)));
}
