import { expect, test } from 'vitest';
import { createStartDisplay, type StartDisplay } from './start-display.ts';

function recorded(isTerminal: boolean): { display: StartDisplay; at(ms: number): void; text(): string } {
  let text = '';
  let now = 5_000;
  const write = (part: string): void => {
    text += part;
  };
  const display = createStartDisplay({ isTerminal, write, now: () => now });
  return { display, at: (ms) => (now = 5_000 + ms), text: () => text };
}

test('outside a terminal each step gets one line, however often it is reported', () => {
  const { display, at, text } = recorded(false);
  display.progress({ step: 'database', percent: 10 });
  at(900);
  display.progress({ step: 'database', percent: 20 });
  at(1_500);
  display.progress({ step: 'documents', percent: 33.4 });
  display.end();
  expect(text()).toBe('Reference platform: database, 10 % (0 s)\nReference platform: documents, 33 % (1 s)\n');
});

test('outside a terminal a step is repeated after ten seconds, not before', () => {
  const { display, at, text } = recorded(false);
  display.progress({ step: 'documents', percent: 10 });
  at(9_999);
  display.progress({ step: 'documents', percent: 50 });
  expect(text()).toBe('Reference platform: documents, 10 % (0 s)\n');
  at(10_000);
  display.progress({ step: 'documents', percent: 60 });
  expect(text()).toContain('Reference platform: documents, 60 % (10 s)\n');
});

test('on a terminal one line is written again, and only when it changes', () => {
  const { display, text } = recorded(true);
  display.progress({ step: 'documents', percent: 10 });
  display.progress({ step: 'documents', percent: 10 });
  display.progress({ step: 'documents', percent: 11 });
  display.end();
  const clear = '\r\u001b[K';
  expect(text()).toBe(
    `${clear}Reference platform: documents, 10 % (0 s)${clear}Reference platform: documents, 11 % (0 s)${clear}`,
  );
});

test('on a terminal a line of the platform stands above the progress', () => {
  const { display, text } = recorded(true);
  display.progress({ step: 'documents', percent: 10 });
  display.line('slow disk');
  expect(text().endsWith('\r\u001b[Kslow disk\nReference platform: documents, 10 % (0 s)')).toBe(true);
});
