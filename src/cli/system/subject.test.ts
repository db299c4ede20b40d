import { expect, test } from 'vitest';
import { parseSubject } from './subject.ts';

test.each([
  ['http://127.0.0.1:3000', 'url', 'http://127.0.0.1:3000'],
  ['https://staging.example.com', 'url', 'https://staging.example.com'],
  ['node server.js', 'command', 'node server.js'],
  ['./start', 'command', './start'],
  ['main', 'ref', 'main'],
  ['HEAD~1', 'ref', 'HEAD~1'],
  ['feature/faster-search', 'ref', 'feature/faster-search'],
  ['ref:http', 'ref', 'http'],
  ['command:serve', 'command', 'serve'],
])('%s is a %s', (text, kind, spec) => {
  expect(parseSubject(text, '--baseline')).toEqual({ kind, spec });
});

test.each([
  ['', /--baseline: "" is empty/],
  ['url:localhost', /is no http\(s\) URL/],
  ['--upload-pack=x', /is no git ref/],
  ['ref: ', /is empty/],
])('%j is refused', (text, message) => {
  expect(() => parseSubject(text, '--baseline')).toThrow(message);
});
