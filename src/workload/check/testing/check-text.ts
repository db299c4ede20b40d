import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type CheckOptions, checkTestFile, type Finding } from '../index.ts';

/** A file for a test: its name and its text. */
export type Files = Readonly<Record<string, string>>;

/** Checks a test that is written into a folder of its own, together with other files. */
export function checkText(text: string, files: Files = {}, options: CheckOptions = {}): readonly Finding[] {
  const folder = mkdtempSync(join(tmpdir(), 'check-'));
  try {
    for (const [name, content] of Object.entries({ ...files, 'test.yml': text })) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    const configFile = options.configFile && join(folder, options.configFile);
    return checkTestFile(join(folder, 'test.yml'), { workers: 1, ...options, configFile }).findings;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** `code@line`, or `code@line → suggestion`: the short form of findings, for tables. */
export function shortForm(findings: readonly Finding[]): string[] {
  return findings.map(({ code, position, suggestion }) => {
    const meant = suggestion === undefined ? '' : ` → ${suggestion}`;
    return `${code}@${position.line}${meant}`;
  });
}

/** A test with this configuration, from line 6 on, and these steps, whose first stands in the line after `flow:`. */
export function testWith({ config = '', flow = '- get:\n    url: /', head = '' }: Partial<Parts>): string {
  const scenario = `${head === '' ? '' : indent(head, 4).trimStart()}`;
  return [
    'config:',
    '  target: http://127.0.0.1:4600',
    '  phases:',
    '    - duration: 10',
    '      arrivalRate: 1',
    ...(config === '' ? [] : [indent(config, 2)]),
    'scenarios:',
    `  - ${scenario === '' ? '' : `${scenario}\n    `}flow:`,
    indent(flow, 6),
    '',
  ].join('\n');
}

interface Parts {
  readonly config: string;
  readonly flow: string;
  /** Keys of the scenario beside its flow. */
  readonly head: string;
}

function indent(text: string, columns: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(columns));
}
