import { z } from 'zod';
import { FIRM, oneOf } from './wording.ts';

/** A text with `{{ … }}` in it, which Artillery replaces before it is used. */
export const template = z
  .string()
  .regex(/\{\{[\s\S]*\}\}/, FIRM)
  .meta({ id: 'template', description: 'A text with {{ a variable }} in it' });

/** A whole number from 0, written as a text. */
export const digits = z.string().regex(/^\d+$/, FIRM);
const decimals = z.string().regex(/^\d+(?:\.\d+)?$/, FIRM);

/** Units as the package ms reads them, in any letter case: JSON Schema patterns know no flag for that. */
const UNIT = [
  'milliseconds?|msecs?|ms',
  'seconds?|secs?|s',
  'minutes?|mins?|m',
  'hours?|hrs?|h',
  'days?|d',
  'weeks?|w',
  'years?|yrs?|y',
]
  .join('|')
  .replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);

const inWords = z.string().regex(new RegExp(`^(?:\\d+|(?:\\d+)?\\.?\\d+ *(?:${UNIT}))$`), FIRM);

/** The length of a phase. A fraction without a unit makes Artillery crash, and as a text it means milliseconds. */
export const phaseDuration = oneOf(
  'a whole number of seconds above 0, or a time with a unit such as 500ms, 30s or 5min',
  [z.int().min(1, FIRM), inWords, template],
).meta({ id: 'phaseDuration', description: 'Seconds, or a time with a unit such as 30s, 5min or 1h' });

/** A pause of a user. */
export const thinkTime = oneOf('a number of seconds, or a time with a unit such as 500ms or 2s', [
  z.number().min(0, FIRM),
  inWords,
  template,
]).meta({ id: 'thinkTime', description: 'Seconds, or a time with a unit such as 500ms or 2s' });

/** A number of seconds that may have a fraction. */
export const seconds = oneOf('a number of seconds above 0', [z.number().gt(0, FIRM), decimals, template]);

/** Users per second. */
export const rate = oneOf('a number of users per second, 0 or more', [z.number().min(0, FIRM), decimals, template]);

/** A whole number from 1. */
export const count = oneOf('a whole number, 1 or more', [z.int().min(1, FIRM), digits, template]);

/** A whole number from 0. */
export const countOrNone = oneOf('a whole number, 0 or more', [z.int().min(0, FIRM), digits, template]);

/** A number of any kind, as a limit. */
export const limit = oneOf('a number', [z.number(), z.string().regex(/^\s*-?\d+(?:\.\d+)?\s*$/, FIRM), template]);

/** A switch in the configuration, where templates of the shell's variables are allowed too. */
export const setting = oneOf('true or false', [z.boolean(), template]).meta({
  id: 'setting',
  description: 'true or false',
});

/** A switch that the expect plugin also takes as a text. */
export const wordySetting = oneOf('true or false', [z.boolean(), z.enum(['true', 'false']), template]);

/** One of a few words. */
export function choice<const T extends readonly [string, ...string[]]>(words: T) {
  return oneOf(`one of ${words.join(', ')}`, [z.enum(words), template]);
}

/** One, or a list of them. */
export function oneOrMore<T extends z.ZodType>(what: string, one: T) {
  return oneOf(`${what}, or a list of them`, [one, z.array(one)]);
}

/** The name of a function of the processor, or several. */
export const functionNames = oneOrMore('the name of a function of the processor', z.string().min(1, FIRM)).meta({
  id: 'functionNames',
  description: 'The name of a function that the processor exports, or a list of such names',
});

const headerValue = oneOf('a text or a number', [z.string(), z.number(), z.boolean(), z.array(z.string())]);

/** HTTP headers. */
export const headers = z.record(z.string(), headerValue).meta({ id: 'headers', description: 'HTTP headers' });

/** Cookies. */
export const cookies = z.record(z.string(), oneOf('a text or a number', [z.string(), z.number(), z.boolean()]));

/** A map of anything. */
export const anyMap = z.record(z.string(), z.unknown());
