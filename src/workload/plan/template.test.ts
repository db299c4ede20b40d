import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { callIn, resolveTemplates, variablesIn } from './template.ts';

const artillery = dirname(createRequire(import.meta.url).resolve('artillery/package.json'));
const { template } = (await import(pathToFileURL(join(artillery, 'dist/lib/commons/engine_util.js')).href)) as {
  template: (value: unknown, context: { vars: object; funcs: object }) => unknown;
};

const VARIABLES = {
  $env: { RATE: '5', EMPTY: '' },
  $environment: 'smoke',
  user: { roles: ['analyst'] },
  n: 0,
  yes: false,
};

describe('resolveTemplates', () => {
  test.each([
    'plain',
    '{{ $env.RATE }}',
    '{{$env.RATE}}',
    '{{ $env.GONE }}',
    '{{ $env.EMPTY }}',
    'a {{ $env.RATE }} b {{ $environment }}',
    'a {{ $env.GONE }} b',
    '{{ user.roles[0] }}',
    '{{ user }} as text: {{ user }}',
    '{{ user }}',
    '{{ n }}',
    '{{ yes }}',
    '{{ not closed',
    7,
    null,
    true,
  ])('%j becomes what Artillery makes of it', (value) => {
    expect(resolveTemplates(value, VARIABLES)).toEqual(template(value, { vars: VARIABLES, funcs: {} }));
  });

  test('goes through lists and maps, and leaves its argument as it is', () => {
    const config = { phases: [{ arrivalRate: '{{ $env.RATE }}', duration: 60 }] };
    expect(resolveTemplates(config, VARIABLES)).toEqual({ phases: [{ arrivalRate: '5', duration: 60 }] });
    expect(config.phases[0]?.arrivalRate).toBe('{{ $env.RATE }}');
  });

  test('leaves function calls alone, since they are drawn in the run', () => {
    expect(resolveTemplates('{{ $randomNumber(1, 5) }}', VARIABLES)).toBe('{{ $randomNumber(1, 5) }}');
  });
});

test('variables and calls are found with the place that they take', () => {
  expect(variablesIn('/a/{{ id }}/{{x.y}}')).toEqual([
    { text: '{{ id }}', name: 'id' },
    { text: '{{x.y}}', name: 'x.y' },
  ]);
  expect(callIn('a{{ $randomNumber(1, 5) }}')).toEqual({
    text: '{{ $randomNumber(1, 5) }}',
    name: '$randomNumber',
    args: ['1', '5'],
  });
  expect(callIn('{{ id }}')).toBeUndefined();
});
