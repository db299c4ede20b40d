import { readFileSync } from 'node:fs';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { type Position, systemErrorCode, UserFault } from '../errors.ts';

/** A path into a YAML document: keys of maps and indices of lists. */
export type YamlPath = readonly (string | number)[];

/** A YAML file as data, with the way back from data to the place in the file. */
export interface TestFile {
  /** As it was given, so that messages show what the user typed. */
  readonly path: string;
  readonly content: unknown;
  /** Where the value at a path stands; undefined where the file has no such value. */
  position(path: YamlPath): Position | undefined;
}

/**
 * Reads a YAML file (YAML 1.2 core with merge keys, which is what Artillery's own reader accepts).
 *
 * @throws UserFault `test-file-unreadable`, or `test-file-syntax` with the line and column of the first error.
 */
export function readTestFile(path: string): TestFile {
  return parseTestFile(path, readText(path));
}

/** `readTestFile` for text that is already there; `path` is what messages call it. */
export function parseTestFile(path: string, text: string): TestFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, merge: true, prettyErrors: false });
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file: path, line, column: col };
  };
  const [error] = document.errors;
  if (error !== undefined) {
    throw new UserFault('test-file-syntax', `is not valid YAML: ${error.message}`, { position: at(error.pos[0]) });
  }
  return {
    path,
    content: document.toJS(),
    position: (yamlPath) => {
      const offset = startOf(document, yamlPath);
      return offset === undefined ? undefined : at(offset);
    },
  };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UserFault(
      'test-file-unreadable',
      `${path} cannot be read (${systemErrorCode(cause) ?? 'unknown error'})`,
      {
        hint: 'Check the path; it is relative to the folder you are in.',
        cause,
      },
    );
  }
}

function startOf(document: Document, path: YamlPath): number | undefined {
  const node = document.getIn(path, true);
  return isNode(node) ? node.range?.[0] : undefined;
}
