import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BlockWriter } from './block-writer.ts';
import { Screen } from './testing/screen.ts';

/** A second stream that ends on the same screen, as stderr does. */
function secondStream(screen: Screen): { write(chunk: string | Uint8Array): boolean } {
  const write = screen.write.bind(screen);
  return { write };
}

test('a block replaces the one before it, also a longer one', () => {
  const screen = new Screen(20);
  screen.write('before\n');
  const writer = new BlockWriter(screen);
  writer.draw(['one', 'two', 'three']);
  writer.draw(['four']);
  expect(screen.lines).toEqual(['before', 'four']);
  expect(screen.isCursorShown).toBe(false);
});

test('what others print appears above it, in its order, with their colours', () => {
  const screen = new Screen(40);
  const stderr = secondStream(screen);
  const writer = new BlockWriter(screen, [stderr]);
  writer.draw(['block']);
  screen.write('hello\nworld\n');
  stderr.write(Buffer.from('\u001b[31merror\u001b[39m\n'));
  writer.draw(['block 2']);
  expect(screen.lines).toEqual(['hello', 'world', 'error', 'block 2']);
});

test('an unfinished line waits for its end, or for the end of the block', () => {
  const screen = new Screen(40);
  const writer = new BlockWriter(screen);
  writer.draw(['block']);
  screen.write('a');
  expect(screen.lines).toEqual(['block']);
  screen.write('b\nc');
  expect(screen.lines).toEqual(['ab', 'block']);
  writer.close();
  expect(screen.lines).toEqual(['ab', 'c']);
});

test('a character that arrives in two pieces is whole', () => {
  const screen = new Screen(40);
  const writer = new BlockWriter(screen);
  const bytes = Buffer.from('café\n');
  writer.draw(['block']);
  screen.write(bytes.subarray(0, 4));
  screen.write(bytes.subarray(4));
  expect(screen.lines).toEqual(['café', 'block']);
});

describe('at the end', () => {
  test('the block is gone, the cursor is back, and the stream is as it was', () => {
    const screen = new Screen(40);
    const write = screen.write;
    const writer = new BlockWriter(screen);
    writer.draw(['block', 'more']);
    writer.close();
    writer.draw(['too late']);
    writer.close();
    screen.write('verdict\n');
    expect(screen.lines).toEqual(['verdict']);
    expect(screen.isCursorShown).toBe(true);
    const { length } = screen.lines;
    write.call(screen, 'plain\n');
    expect(screen.lines.length).toBe(length + 1);
  });

  test('whoever waits for a write to be done is told', async () => {
    const screen = new Screen(40);
    new BlockWriter(screen).draw(['block']);
    const stream: { write(chunk: string, done: () => void): boolean } = screen;
    await new Promise<void>((resolve) => {
      stream.write('unfinished', resolve);
    });
    expect(screen.lines).toEqual(['block']);
  });
});

test('a terminal that is made narrower or wider keeps nothing of the old block', () => {
  const screen = new Screen(40);
  const writer = new BlockWriter(screen);
  screen.write('a line that was there before\n');
  writer.draw(['x'.repeat(35), 'y'.repeat(12)]);
  screen.resize(10);
  writer.draw(['short', 'block']);
  expect(screen.lines).toEqual(['a line that was there before', 'short', 'block']);
  screen.resize(80);
  writer.draw(['z'.repeat(70)]);
  expect(screen.lines).toEqual(['a line that was there before', 'z'.repeat(70)]);
});

test('whatever is drawn and printed in whatever order, all that was printed is there, and one block below it', () => {
  const text = fc.constantFrom('a', 'bc\n', '\n', 'd\ne', '\u001b[32mf\u001b[39m', 'g\n', '検索\n');
  const step = fc.oneof(
    fc.record({ kind: fc.constant('print' as const), text }),
    fc.record({ kind: fc.constant('draw' as const), lines: fc.array(fc.constantFrom('L', 'MM'), { maxLength: 4 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const screen = new Screen(30);
      const writer = new BlockWriter(screen);
      let printed = '';
      for (const each of steps) {
        if (each.kind === 'draw') writer.draw(each.lines);
        else {
          screen.write(each.text);
          printed += each.text;
        }
      }
      writer.draw(['BLOCK']);
      expect(screen.lines.filter((line) => line === 'BLOCK').length).toBe(1);
      writer.close();
      const plain = new Screen(30);
      plain.write(printed);
      expect(screen.lines).toEqual(plain.lines);
    }),
    { seed: 6, numRuns: 300 },
  );
});
