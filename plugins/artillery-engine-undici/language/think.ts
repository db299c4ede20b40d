import { parseDuration } from './duration.ts';
import { LanguageFault } from './fault.ts';
import { compileTemplate, type TemplateContext } from './template.ts';

/** A step `think`, as written in the journey. */
export interface ThinkStep {
  readonly think?: unknown;
  readonly jitter?: unknown;
}

/** Draws a think time in milliseconds, 0 or more. @throws LanguageFault `think-time` or `think-jitter` */
export type Think = (context: TemplateContext, random: () => number) => number;

type Jitter = (thinkMs: number, random: () => number) => number;

/** `20%` of the think time, or an amount in milliseconds whatever unit is written behind it, to both sides. */
function compileJitter(jitter: unknown): Jitter | undefined {
  if (!jitter) return undefined;
  const [text = ''] = String(jitter).split(':');
  const amount = Number.parseInt(text, 10);
  if (Number.isNaN(amount)) {
    return () => {
      throw new LanguageFault(
        'think-jitter',
        `Invalid think jitter: ${text}; allowed: 20% or a number of milliseconds`,
      );
    };
  }
  return (thinkMs, random) => {
    const wholeMs = Math.trunc(thinkMs);
    const spreadMs = text.includes('%') ? (wholeMs * amount) / 100 : amount;
    return wholeMs - spreadMs + random() * 2 * spreadMs;
  };
}

/**
 * Compiles a step `think`: a number or a text of digits means seconds, any text that the package `ms` reads is fine
 * (`500ms`, `2 minutes`), a template may give either. The step's `jitter` goes before the one in `config.http.defaults.think`.
 *
 * @param random uniform in [0, 1)
 * @example compileThink({ think: 2 }, undefined)({ vars: {} }, Math.random) // 2000
 */
export function compileThink(step: ThinkStep, defaults: { readonly jitter?: unknown } | undefined): Think {
  const template = compileTemplate(step.think);
  const jitter = compileJitter(step.jitter || defaults?.jitter);

  function thinkMs(context: TemplateContext): number {
    const rendered = template.render(context);
    const read = parseDuration(rendered);
    if (read === undefined)
      throw new LanguageFault('think-time', `Invalid think time: ${String(rendered || step.think)}`);
    return read;
  }

  const constantMs = template.isConstant ? parseDuration(step.think) : undefined;
  return (context, random) => {
    const meanMs = constantMs ?? thinkMs(context);
    return Math.max(0, jitter === undefined ? meanMs : jitter(meanMs, random));
  };
}
