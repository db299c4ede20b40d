import { compilePath } from './property-path.ts';
import { compileTemplate, type TemplateContext } from './template.ts';

/** A step `loop`, as written in the journey. The steps inside are not looked at here. */
export interface LoopStep {
  readonly count?: unknown;
  /** A list, or the name of a variable that holds one. */
  readonly over?: unknown;
  /** Name of a function of the processor. */
  readonly whileTrue?: unknown;
  /** Name of the variable that counts, `$loopCount` by default. */
  readonly loopValue?: unknown;
  /** Name of the variable that holds the element, `$loopElement` by default. */
  readonly loopElement?: unknown;
}

/** One virtual user's way through a loop: while `hasNext()`, carry out the steps inside, then `advance()`. */
export interface LoopRun {
  hasNext(): boolean;
  /**
   * Sets the loop's variables for what comes next, then calls back: at once, or when the function `whileTrue` has decided.
   * The error is what that function threw.
   */
  advance(done: (error?: unknown) => void): void;
}

/** A compiled loop. */
export interface Loop<Context extends TemplateContext = TemplateContext> {
  /** Sets the loop's variables, also when there is nothing to repeat. */
  begin(context: Context): LoopRun;
}

type Elements = Record<number, unknown> & { readonly length?: unknown };
type Decide = (context: TemplateContext, done: (goOn: unknown) => void) => unknown;
type Variables = Record<string, unknown>;

interface Range {
  readonly from: number;
  readonly to: number;
}

const ENDLESS = -1;

/** `5` is 0 to 5, `2-5` is 2 to 5, the end not included; what cannot be read is nothing. */
function rangeOf(count: unknown): Range {
  if (typeof count === 'number') return { from: 0, to: count };
  if (typeof count !== 'string') return { from: 0, to: 0 };
  if (!Number.isNaN(Number(count))) return { from: 0, to: Number(count) };
  if (!/\d-\d/.test(count)) return { from: 0, to: 0 };
  const [from, to] = count.split('-');
  return { from: Number(from), to: Number(to) };
}

/** @returns the elements; null for a loop that only counts; undefined when the variable holds no list */
function compileOver(over: unknown): (vars: Variables) => Elements | null | undefined {
  if (typeof over === 'string' && over !== '') {
    const read = compilePath(over);
    return (vars) => {
      const elements = read(vars);
      return Array.isArray(elements) ? elements : undefined;
    };
  }
  const elements = typeof over === 'object' && over !== null ? (over as Elements) : null;
  return () => elements;
}

function functionOf(processor: Record<string, unknown> | undefined, name: unknown): Decide | undefined {
  const found = processor?.[String(name)];
  return typeof found === 'function' ? (found as Decide) : undefined;
}

/**
 * Compiles a loop with exactly the variables that Artillery sets: the count is counted up after each round, also after the
 * last; the element is the list's next one (undefined after the last), and in a loop without a list the first count.
 * `count: 0` and no count at all mean endless, `whileTrue` goes before `over`, `over` before `count`.
 *
 * @param processor looked at now: functions added later are not seen
 */
export function compileLoop(step: LoopStep, processor: Record<string, unknown> | undefined): Loop {
  const count = compileTemplate(step.count || ENDLESS);
  const elementsIn = compileOver(step.over);
  const goOn = functionOf(processor, step.whileTrue);
  const countName = String(step.loopValue || '$loopCount');
  const elementName = String(step.loopElement || '$loopElement');

  return {
    begin: (context) => {
      const { vars } = context;
      const { from, to } = rangeOf(count.render(context));
      const elements = elementsIn(vars);
      let index = from;
      let wanted = true;
      vars[elementName] = elements ? elements[index] : index;
      vars[countName] = index;

      function decide(done: (error?: unknown) => void): void {
        if (goOn === undefined) {
          done();
          return;
        }
        try {
          goOn(context, (answer) => {
            wanted = Boolean(answer);
            done();
          });
        } catch (error) {
          done(error);
        }
      }

      return {
        hasNext: () => {
          if (elements === undefined) return false;
          if (goOn !== undefined) return wanted;
          return elements === null ? index < to || to === ENDLESS : index !== elements.length;
        },
        advance: (done) => {
          index += 1;
          // A step inside may have set it: then Artillery counts on from there.
          vars[countName] = Number(vars[countName]) + 1;
          if (elements) vars[elementName] = elements[index];
          decide(done);
        },
      };
    },
  };
}
