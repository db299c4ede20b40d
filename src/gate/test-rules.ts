import { defaultErrorRule, type LocateRule, type Rule, rulesOfTest } from './ensure/rules.ts';
import { parseThresholds } from './sentences/parse-thresholds.ts';
import type { Tracker } from './sentences/tracker.ts';

/** Everything that a test wants to hold. */
export interface TestRules {
  /** `config.ensure`. */
  readonly rules: readonly Rule[];
  /** The sentences of `config.plugins.verdict.thresholds`. */
  readonly thresholds: readonly Tracker[];
}

const ABOUT_ERRORS = /maxErrorRate|vusers\.(?:failed|completed)|\berrors?\b/;

/**
 * Reads the rules of a test. One that says nothing about errors gets a rule of ours: at most one user in a hundred may be
 * lost. Otherwise a hook that throws for everybody, or a system that answers nobody in time, would pass on the speed of
 * the few answers that came.
 *
 * @param config Artillery's effective configuration.
 * @throws UserFault for a rule that cannot be read, with its place.
 */
export function readRules(config: Readonly<Record<string, unknown>>, locate: LocateRule): TestRules {
  const thresholds = parseThresholds(sentencesIn(config), locate);
  const rules = rulesOfTest(config, locate);
  const texts = [...rules.map(({ text }) => text), ...thresholds.map((tracker) => tracker.result().rule)];
  const saysNothing = !texts.some((text) => ABOUT_ERRORS.test(text));
  return { rules: saysNothing ? [...rules, defaultErrorRule()] : rules, thresholds };
}

function sentencesIn(config: Readonly<Record<string, unknown>>): string[] {
  const sentences = fieldOf(fieldOf(config.plugins, 'verdict'), 'thresholds');
  return Array.isArray(sentences) ? sentences.map(String) : [];
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
