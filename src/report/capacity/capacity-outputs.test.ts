import { expect, test } from 'vitest';
import { exampleCapacity, exampleTrial } from '../../gate/capacity/testing/example-capacity.ts';
import { PLAIN } from '../style.ts';
import { HOSTILE_NAMES } from '../testing/hostile-names.ts';
import { capacityHtml } from './capacity-html.ts';
import { capacityJunit } from './capacity-junit.ts';
import { capacityMarkdown } from './capacity-markdown.ts';
import { capacityText } from './capacity-text.ts';

const FOUND = exampleCapacity();

test('in a terminal the answer comes first, then what broke and why, in 80 columns', () => {
  const lines = capacityText(FOUND, { style: PLAIN, width: 80 }).split('\n');
  expect(lines[0]).toBe('Verdict: FOUND: it sustains 99.6 new users per second');
  const text = lines.join(' ').replace(/ +/g, ' ');
  expect(text).toContain('95 % interval 97.1 to 102');
  expect(text).toContain('First to break p95 of "Search" < 300 ms does not hold (in 4 of 4 trials just above)');
  expect(text).toContain('Limited by pool too small (likely): Search waits for a connection');
  expect(text).toContain('Confirmed longer holds: 95/s sustained; 105/s broken');
  expect(text).toContain('Recovery after 2 s, at 52 new users/s right after the overload');
  for (const line of lines.slice(1)) expect(line.length).toBeLessThanOrEqual(80);
});

test('the page forbids every request, and draws each trial by its result', () => {
  const trials = [...FOUND.trials, exampleTrial(12, 99, { result: 'void', reasons: ['late'] })];
  const page = capacityHtml({ ...FOUND, trials });
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(page).not.toMatch(/<script|https?:\/\//);
  expect(page.match(/<title>Trial /g)).toHaveLength(12);
  expect(page).toContain('<title>Trial 12: 99/s offered, 99/s achieved, void: late</title>');
  expect(page).toContain('capacity 99.6/s');
});

test('the page of a search that was interrupted at once says so and draws nothing', () => {
  const page = capacityHtml(
    exampleCapacity({ kind: 'interrupted', by: 'SIGINT', estimate: undefined }, { trials: [] }),
  );
  expect(page).toContain('INCONCLUSIVE: it was interrupted after 0 trials');
  expect(page).not.toContain('<svg');
});

test('Markdown begins with the answer and lists all trials', () => {
  const markdown = capacityMarkdown(FOUND);
  expect(markdown).toMatch(/^## ✅ Capacity: FOUND: it sustains/);
  expect(markdown.match(/^\| +\d+ \|/gm)).toHaveLength(FOUND.trials.length);
});

test('JUnit passes with an answer and has an error without one', () => {
  expect(capacityJunit(FOUND)).not.toMatch(/<(?:error|failure)/);
  const unknown = exampleCapacity({ kind: 'not valid', why: 'late', estimate: undefined });
  expect(capacityJunit(unknown)).toMatch(/<error [^>]*type="not valid"/);
});

test.each(HOSTILE_NAMES)('a name cannot break out of the page: %j', (name) => {
  const page = capacityHtml({ ...FOUND, system: { ...FOUND.system, label: name }, reason: name });
  expect(page).not.toMatch(/<script|<img/);
});
