import { format } from 'node:util';
import { runProgram } from '../../src/cli/program.ts';

/** How a command ended. */
export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command of Proving Ground in a folder, in this process: one of its own takes a second to start, each time. That the program itself
 * does the same, and ends with the exit code, is asked in report-commands.test.ts and in test/e2e.
 *
 * @param words as a person types them, without the name of the program.
 */
export async function runCommand(folder: string, words: readonly string[]): Promise<CommandResult> {
  const printed = { stdout: '', stderr: '' };
  const before = process.cwd();
  const restore = [
    replace(process.stdout, streamInto(printed, 'stdout')),
    replace(process.stderr, streamInto(printed, 'stderr')),
    replace(console, {
      log: (...parts: unknown[]) => process.stdout.write(`${format(...parts)}\n`),
      error: (...parts: unknown[]) => process.stderr.write(`${format(...parts)}\n`),
    }),
  ];
  process.chdir(folder);
  process.exitCode = undefined;
  try {
    await runProgram(words);
    return { status: Number(process.exitCode ?? 0), ...printed };
  } finally {
    // Of the tests, not of the command.
    process.exitCode = undefined;
    process.chdir(before);
    for (const each of restore) each();
  }
}

/** A pipe, also where the tests themselves print to a terminal. */
function streamInto(printed: Record<'stdout' | 'stderr', string>, name: 'stdout' | 'stderr'): object {
  const write = (text: string): boolean => {
    printed[name] += text;
    return true;
  };
  return { write, isTTY: false, columns: undefined };
}

/** Puts other properties in the place of those of an object. @returns what takes them back. */
function replace(object: object, properties: object): () => void {
  const before = Object.keys(properties).map((name) => [name, Object.getOwnPropertyDescriptor(object, name)] as const);
  for (const [name, value] of Object.entries(properties)) {
    Object.defineProperty(object, name, { value, configurable: true, writable: true, enumerable: true });
  }
  return () => {
    for (const [name, descriptor] of before) {
      if (descriptor === undefined) Reflect.deleteProperty(object, name);
      else Object.defineProperty(object, name, descriptor);
    }
  };
}
