import { describe, expect, test } from 'vitest';
import { checkText, shortForm, testWith } from '../testing/check-text.ts';

function found(parts: Parameters<typeof testWith>[0], installed: string[] = []): string[] {
  return shortForm(checkText(testWith(parts), {}, { installed }));
}

describe('a plugin', () => {
  test.each([
    'ensure',
    'expect',
    'apdex',
    'metrics-by-endpoint',
    'fake-data',
    'slack',
    'verdict',
    'reference-platform',
  ])('%s is there', (name) => {
    expect(found({ config: `plugins:\n  ${name}: {}` })).toEqual([]);
  });

  test('that is not installed is found, with the one that was meant', () => {
    expect(found({ config: 'plugins:\n  exepct: {}' })).toEqual(['plugin-not-found@7 → expect']);
  });

  test('may have a name of its own scope', () => {
    expect(found({ config: 'plugins:\n  some: \n    scope: "@team/artillery-"' }, ['@team/artillery-some'])).toEqual(
      [],
    );
    expect(found({ config: 'pluginsScope: "@team/a-"\nplugins:\n  some: {}' }, ['@team/a-some'])).toEqual([]);
  });
});

describe('an engine', () => {
  test('must be loaded by the test', () => {
    expect(found({ head: 'engine: websocket', flow: '- send: a' })).toEqual(['unknown-engine@7 → ws']);
    expect(found({ head: 'engine: kafka', flow: '- publish: a' })).toEqual(['unknown-engine@7']);
    expect(found({ config: 'engine: kafka' })).toEqual(['unknown-engine@6']);
  });

  test('must be installed', () => {
    const parts = { config: 'engines:\n  kafka: {}', head: 'engine: kafka', flow: '- publish: a' };
    expect(found(parts)).toEqual(['engine-not-found@7']);
    expect(found(parts, ['artillery-engine-kafka'])).toEqual([]);
  });

  test('playwright comes with Artillery', () => {
    expect(found({ config: 'engines:\n  playwright: {}' })).toEqual([]);
  });
});

describe('what only a plugin does', () => {
  const expecting = {
    flow: '- get:\n    url: /\n    expect:\n      statusCode: 200\n- get:\n    url: /\n    expect:\n      statusCode: 200',
  };

  test('is found once without it', () => {
    expect(found(expecting)).toEqual(['plugin-not-enabled@10']);
  });

  test('is all right if one environment has the plugin', () => {
    expect(
      found({ ...expecting, config: 'environments:\n  functional:\n    plugins:\n      expect: {}\n  load: {}' }),
    ).toEqual([]);
  });

  test('is enforced by the verdict plugin in the case of ensure', () => {
    const ensure = 'ensure:\n  maxErrorRate: 1';
    expect(found({ config: ensure })).toEqual(['plugin-not-enabled@6']);
    expect(found({ config: `${ensure}\nplugins:\n  verdict: {}` })).toEqual([]);
    expect(found({ config: `${ensure}\nplugins:\n  ensure: {}` })).toEqual([]);
  });
});

describe('keys that are not known here', () => {
  test('belong to the engine or the plugin of that name', () => {
    const config = 'kafka:\n  brokers: [a]\nengines:\n  kafka: {}';
    expect(found({ config }, ['artillery-engine-kafka'])).toEqual([]);
  });

  test('may belong to code that is not known here, unless they are misspelt ones', () => {
    const config = 'anything: 1\nphasess: []\nplugins:\n  some: {}';
    expect(found({ config }, ['artillery-plugin-some'])).toEqual(['unknown-key@7']);
  });
});
