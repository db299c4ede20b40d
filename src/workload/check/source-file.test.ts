import { describe, expect, test } from 'vitest';
import { isSourceFault, parseSourceFile, type SourceFile } from './source-file.ts';

function source(text: string): SourceFile {
  const parsed = parseSourceFile('t.yml', '/t.yml', text);
  if (isSourceFault(parsed)) throw new Error(parsed.message);
  return parsed;
}

const TEXT = `config:
  target: http://a
  empty:
  phases:
    - &base
      name: "Quoted name"
    - *base
    - <<: *base
      long: |
        one
        two
`;

describe('a source file', () => {
  const file = source(TEXT);
  const place = ({ position, endColumn }: ReturnType<SourceFile['keySpan']>) => [
    position.line,
    position.column,
    endColumn,
  ];

  test('knows where a key and its value stand', () => {
    expect(place(file.keySpan(['config', 'target']))).toEqual([2, 3, 9]);
    expect(place(file.valueSpan(['config', 'target']))).toEqual([2, 11, 19]);
    expect(place(file.valueSpan(['config', 'phases', 0, 'name']))).toEqual([6, 13, 26]);
  });

  test('points to the key of an empty value, and to the nearest thing around a value that is not there', () => {
    expect(place(file.valueSpan(['config', 'empty']))).toEqual([3, 3, 8]);
    expect(place(file.valueSpan(['config', 'none', 'deeper']))).toEqual([1, 1, 7]);
    expect(place(file.valueSpan([]))).toEqual([1, 1, 8]);
  });

  test('looks through aliases', () => {
    expect(place(file.valueSpan(['config', 'phases', 1, 'name']))).toEqual([6, 13, 26]);
  });

  test('marks no more than one line', () => {
    expect(place(file.valueSpan(['config', 'phases', 2, 'long']))).toEqual([9, 13, 14]);
  });

  test('says what carries an anchor', () => {
    expect(file.hasAnchor(['config'])).toBe(true);
    expect(file.hasAnchor(['config', 'phases', 1])).toBe(false);
    expect(file.hasAnchor(['config', 'target'])).toBe(false);
  });

  test('reads merge keys as Artillery does', () => {
    expect(file.content).toMatchObject({ config: { phases: [{}, {}, { name: 'Quoted name' }] } });
  });
});

test('a syntax fault names the first word of the line that it is about', () => {
  const fault = parseSourceFile('t.yml', '/t.yml', 'a:\n  - b:\n      c: 1\n     d: 2\n');
  expect(fault).toMatchObject({ kind: 'syntax', span: { position: { line: 4, column: 6 } }, line: '     d: 2' });
});
