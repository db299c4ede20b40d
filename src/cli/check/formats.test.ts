import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PLAIN } from '../../report/style.ts';
import { hostileText } from '../../report/testing/hostile-names.ts';
import type { Finding } from '../../workload/check/index.ts';
import { formatGithub } from './github-format.ts';
import { formatJson } from './json-format.ts';
import { formatSarif } from './sarif-format.ts';
import { type FileReport, formatText } from './text-format.ts';

const MISSPELT: Finding = {
  code: 'unknown-key',
  severity: 'error',
  position: { file: 'artillery/peak.yml', line: 14, column: 7 },
  endColumn: 18,
  line: '      arrivalrate: 20',
  message: 'phase "Incident burst": arrivalrate is not a key of a phase',
  found: 'arrivalrate',
  allowed: ['name', 'duration', 'arrivalRate', 'rampTo', 'arrivalCount', 'pause', 'maxVusers', 'mode', 'mix'],
  suggestion: 'arrivalRate',
};

const LONG: Finding = {
  code: 'long-duration',
  severity: 'warning',
  position: { file: 'artillery/a, b: 100%.yml', line: 2, column: 3 },
  endColumn: 4,
  line: '\t\t1',
  message: 'two\nlines, 100%',
  hint: 'Write a unit.',
};

const FILES: readonly FileReport[] = [
  { path: 'artillery/peak.yml', kind: 'test', findings: [MISSPELT, LONG] },
  { path: 'artillery/smoke.yml', kind: 'test', findings: [] },
  { path: 'artillery/journeys/search.yml', kind: 'journey', findings: [] },
];

test('text says where, what, with the line and a mark below it, what is allowed, and what was meant', () => {
  expect(formatText(FILES, { style: PLAIN, width: 60 })).toBe(
    [
      'artillery/peak.yml:14:7 error phase "Incident burst": arrivalrate is not a key of a phase; did you mean arrivalRate? [unknown-key]',
      '    14 |       arrivalrate: 20',
      '       |       ^^^^^^^^^^^',
      '  allowed: name, duration, arrivalRate, rampTo,',
      '           arrivalCount, pause, maxVusers, mode, mix',
      '',
      'artillery/a, b: 100%.yml:2:3 warning two',
      'lines, 100% [long-duration]',
      '     2 | \t\t1',
      '       | \t\t^',
      '  Write a unit.',
      '',
      'artillery/peak.yml: 1 error, 1 warning',
      '',
      'ok artillery/smoke.yml',
      'ok artillery/journeys/search.yml (a journey)',
    ].join('\n'),
  );
});

test('JSON holds everything that was found', () => {
  const report = JSON.parse(formatJson(FILES));
  expect(report).toMatchObject({ version: 1, errors: 1, warnings: 1 });
  expect(
    report.files.map(({ path, findings }: { path: string; findings: unknown[] }) => [path, findings.length]),
  ).toEqual([
    ['artillery/peak.yml', 2],
    ['artillery/smoke.yml', 0],
    ['artillery/journeys/search.yml', 0],
  ]);
  expect(report.files[0].findings[0]).toEqual({
    code: 'unknown-key',
    severity: 'error',
    message: MISSPELT.message,
    found: 'arrivalrate',
    allowed: MISSPELT.allowed,
    suggestion: 'arrivalRate',
    file: 'artillery/peak.yml',
    line: 14,
    column: 7,
    endColumn: 18,
    source: '      arrivalrate: 20',
  });
});

describe('SARIF', () => {
  // The fixture holds the definitions of the official schema that a list of findings uses.
  const schema = JSON.parse(readFileSync('test/fixtures/sarif/sarif-2.1.0-part.schema.json', 'utf8'));
  const isSarif = new Ajv({ strict: false, validateFormats: false }).compile(schema);

  test.each([
    ['findings', FILES],
    ['no findings', FILES.slice(1)],
    ['no files', []],
  ])('follows its schema with %s', (_what, files) => {
    const log = JSON.parse(formatSarif(files));
    expect([isSarif(log), isSarif.errors ?? []]).toEqual([true, []]);
  });

  test('that is not as the schema says is refused by it', () => {
    const log = JSON.parse(formatSarif(FILES));
    log.runs[0].results[0].level = 'fatal';
    expect(isSarif(log)).toBe(false);
  });

  test('names the rule, the file as a URI and the region', () => {
    const { results, tool } = JSON.parse(formatSarif(FILES)).runs[0];
    expect(results[0].ruleId).toBe('unknown-key');
    expect(tool.driver.rules[results[0].ruleIndex].id).toBe('unknown-key');
    expect(results[0].locations[0].physicalLocation).toMatchObject({
      artifactLocation: { uri: 'artillery/peak.yml' },
      region: { startLine: 14, startColumn: 7, endColumn: 18 },
    });
    expect(results[1].locations[0].physicalLocation.artifactLocation.uri).toBe('artillery/a%2C%20b%3A%20100%25.yml');
  });
});

describe('GitHub', () => {
  test('gets a workflow command for each finding, with everything escaped', () => {
    expect(formatGithub([LONG, MISSPELT]).split('\n')).toEqual([
      '::error file=artillery/peak.yml,line=14,col=7,endColumn=18,title=unknown-key::phase "Incident burst": arrivalrate is not a key of a phase; did you mean arrivalRate?',
      '::warning file=artillery/a%2C b%3A 100%25.yml,line=2,col=3,endColumn=4,title=long-duration::two%0Alines, 100%25%0AWrite a unit.',
    ]);
  });

  test('gets the ten worst and no more', () => {
    const many = [...Array.from({ length: 9 }, () => LONG), ...Array.from({ length: 3 }, () => MISSPELT)];
    const commands = formatGithub(many).split('\n');
    expect(commands).toHaveLength(10);
    expect(commands.filter((command) => command.startsWith('::error'))).toHaveLength(3);
  });
});

test('no format lets what a file holds move the cursor, or give a command to the build server', () => {
  fc.assert(
    fc.property(hostileText(), hostileText(), (name, value) => {
      const finding: Finding = {
        ...MISSPELT,
        message: `phase "${name}" has ${value}`,
        line: `  ${name}`,
        suggestion: value,
        allowed: [name, value],
        hint: `Write ${name}.`,
      };
      const text = formatText([{ path: 'a.yml', kind: 'test', findings: [finding] }], { style: PLAIN, width: 80 });
      expect(text.replaceAll('\n', '')).not.toMatch(/[^\P{Cc}\t]/u);
      const annotation = formatGithub([finding]);
      expect(annotation).not.toMatch(/\p{Cc}/u);
      expect(annotation.startsWith('::error file=artillery/peak.yml,line=14')).toBe(true);
    }),
    { seed: 8, numRuns: 200 },
  );
});
