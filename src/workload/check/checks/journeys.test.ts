import { describe, expect, test } from 'vitest';
import { checkText, shortForm } from '../testing/check-text.ts';

const STEP = '    flow:\n      - get:\n          url: /\n';

function weighted(...heads: string[]): string[] {
  const scenarios = heads.map((head, index) => `  - name: J${index}\n    ${head}\n${STEP}`).join('');
  return shortForm(checkText(`config:\n  target: http://127.0.0.1\nscenarios:\n${scenarios}`));
}

describe('weights', () => {
  test.each([
    [['weight: 1', 'weight: 0'], ['journey-never-used@10']],
    [['weight: 0', 'weight: "0"'], ['no-journeys@3']],
    [['weight: 1', 'weight: 2.5'], ['fractional-weight@10']],
    [['weight: 0.5', 'weight: 0.5'], ['no-journeys@3']],
    [['weight: 1', 'weight: -1'], ['impossible-value@10']],
    [['weight: 1', 'weight: heavy'], ['impossible-value@10']],
    [['weight: "3"', 'weight: "{{ $processEnvironment.W }}"'], []],
  ])('%j', (heads, expected) => {
    expect(weighted(...heads)).toEqual(expected);
  });
});

describe('mixes', () => {
  function mixed(mix: string, engine = 'undici', rest = ''): string[] {
    const phases = `  phases:\n    - duration: 1\n      arrivalRate: 1\n      mix:\n${mix.replace(/^/gm, '        ')}\n${rest}`;
    const config = `config:\n  target: http://127.0.0.1\n  engine: ${engine}\n  engines:\n    undici: {}\n${phases}`;
    const scenarios = `scenarios:\n  - name: Search\n${STEP}  - name: Report\n${STEP}`;
    return shortForm(checkText(`${config}${scenarios}`, {}, { installed: ['artillery-engine-undici'] }));
  }

  test.each([
    ['Search: 60\nReport: 40', []],
    ['Search: 99.5\nReport: 1', []],
    ['Search: 99.5\nReport: 1.1', ['mix-sum@9']],
    ['Search: 59\nReport: 40', ['mix-sum@9']],
    ['Search: 100', ['journey-never-used@16']],
    ['Search: 100\nReport: 0', ['journey-never-used@17']],
    ['Search: 60\nReprot: 40', ['mix-unknown-journey@11 → Report', 'journey-never-used@17']],
    ['Search: 160\nReport: -60', ['impossible-value@10', 'impossible-value@11']],
  ])('%j', (mix, expected) => {
    expect(mixed(mix)).toEqual(expected);
  });

  test('need the engine that honours them', () => {
    expect(mixed('Search: 60\nReport: 40', 'http')).toEqual(['mix-not-honoured@9']);
  });

  test('leave the weights to phases without a mix', () => {
    expect(mixed('Search: 100', 'undici', '    - duration: 1\n      arrivalRate: 1\n')).toEqual([]);
  });
});
