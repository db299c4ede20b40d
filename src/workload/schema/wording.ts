import { z } from 'zod';
import { closest } from './closest.ts';

// zod gives every issue one text. Ours carries what a message about it needs: what the thing is, and the keys it may have.

/** What a zod issue of our definitions says about the place it was found at. */
export interface Wording {
  /** What belongs there: `a phase`, `a number of seconds`. */
  readonly what: string;
  /** The keys that are allowed there; empty where the issue is about something else. */
  readonly keys: readonly string[];
}

/** Reads back the text that `section`, `openSection` and `oneOf` gave to an issue. */
export function readWording(message: string): Wording {
  const [what = '', ...keys] = message.split('\n');
  return { what, keys };
}

/**
 * A map with a fixed set of keys: any other is a fault.
 *
 * @param what what the map is, as messages call it: `a phase`.
 */
export function section<S extends z.ZodRawShape>(what: string, shape: S): z.ZodObject<S, z.core.$strict> {
  const keys = [what, ...Object.keys(shape)].join('\n');
  return z.strictObject(shape, { error: (issue) => (issue.code === 'unrecognized_keys' ? keys : what) });
}

/** A map that is passed on to a library and may hold anything, but for keys that look like a misspelt known one. */
export function openSection<S extends z.ZodRawShape>(what: string, shape: S): z.ZodObject<S, z.core.$loose> {
  const known = Object.keys(shape);
  return z.looseObject(shape, { error: () => what }).superRefine((value, context) => {
    // A leading underscore is how people put a key aside.
    const others = Object.keys(value).filter((key) => !known.includes(key) && !key.startsWith('_'));
    const misspelt = others.filter((key) => closest(key, known) !== undefined);
    if (misspelt.length === 0) return;
    context.addIssue({ code: 'unrecognized_keys', keys: misspelt, message: [what, ...known].join('\n') });
  });
}

/**
 * For the checks of a form in `oneOf`: a value that fails them is not of this form. Without it, zod would only say what is wrong
 * with the last form that it looked at.
 */
export const FIRM = { abort: true } as const;

/** One of several forms. @param what all of them in words: `a list or a single one`. */
export function oneOf<T extends readonly [z.ZodType, z.ZodType, ...z.ZodType[]]>(
  what: string,
  forms: T,
): z.ZodUnion<T> {
  return z.union(forms, { error: () => what });
}
