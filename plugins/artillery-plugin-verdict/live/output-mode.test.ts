import { expect, test } from 'vitest';
import { outputMode } from './output-mode.ts';

const TERMINAL = { isTTY: true };
const LIVE = { option: 'live', isQuiet: false, stream: TERMINAL, env: {} } as const;

test.each([
  ['a block on a terminal', LIVE, 'live'],
  ['lines in a pipe', { ...LIVE, stream: {} }, 'plain'],
  ['lines on a dumb terminal', { ...LIVE, env: { TERM: 'dumb' } }, 'plain'],
  ['lines in CI, even where it pretends to be a terminal', { ...LIVE, env: { CI: 'true' } }, 'plain'],
  ['a block where CI is said to be false', { ...LIVE, env: { CI: 'false' } }, 'live'],
  ['lines where the test asks for them', { ...LIVE, option: 'plain' as const }, 'plain'],
  ['what Artillery prints where the test asks for it', { ...LIVE, option: 'artillery' as const }, 'artillery'],
  ['what the environment asks for', { ...LIVE, env: { PROVING_GROUND_OUTPUT: 'artillery' } }, 'artillery'],
  ['nothing with --quiet', { ...LIVE, isQuiet: true }, 'quiet'],
  ['a block where the environment asks for nothing', { ...LIVE, env: { PROVING_GROUND_OUTPUT: '' } }, 'live'],
])('shows %s', (_, wishes, mode) => {
  expect(outputMode(wishes)).toBe(mode);
});

test('refuses what it does not know, and says what it does', () => {
  expect(() => outputMode({ ...LIVE, env: { PROVING_GROUND_OUTPUT: 'loud' } })).toThrow(
    expect.objectContaining({
      message: 'PROVING_GROUND_OUTPUT is "loud"',
      hint: 'Allowed are live, plain, artillery; without it the test decides.',
    }),
  );
});
