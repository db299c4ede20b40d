import type { ProcessorFunction, StepSpec } from '../artillery.ts';
import { compileLoop, compileTemplate, compileThink } from '../language/index.ts';
import { callFunction } from './call-function.ts';
import type { Resources } from './resources.ts';
import { type Instruction, type Program, Strand } from './strand.ts';

/** `think`: the step after it is due when the pause is over, to the microsecond, whenever the timer comes. */
export function thinkStep(spec: StepSpec, { config, alarm, turns }: Resources): Instruction {
  const think = compileThink(spec, config.http?.defaults?.think ?? config.defaults?.think);
  return {
    execute: (strand) => {
      strand.readyAt = turns.after(strand.readyAt, think(strand.user.context, strand.user.random));
      alarm.at(strand.readyAt, () => strand.run());
      return false;
    },
  };
}

/** `log`. */
export function logStep({ log }: StepSpec): Instruction {
  const text = compileTemplate(log);
  return {
    execute: ({ user }) => {
      console.log(text.render(user.context));
      return true;
    },
  };
}

/** `function`. The time that it waits for something is the user's own, and not lateness of the next step; computing is. */
export function functionStep(name: string, { config, events, turns }: Resources): Instruction {
  return {
    execute: (strand) => {
      const call = config.processor?.[name];
      if (call === undefined) {
        events.emit('error', `Undefined function "${name}"`);
        return true;
      }
      return strand.wait((done) => {
        const startedAt = performance.now();
        let isLater = false;
        callFunction(call, [strand.user.context, events], (error) => {
          if (isLater) strand.readyAt = turns.after(strand.readyAt, performance.now() - startedAt);
          done(error);
        });
        isLater = true;
      });
    },
  };
}

/** `loop`, as the two instructions around its body. Numbers are those of instructions in the program. */
export function loopSteps(
  spec: StepSpec,
  processor: Readonly<Record<string, ProcessorFunction>> | undefined,
  place: { bodyAt: number; endAt: number },
): { readonly begin: Instruction; readonly again: Instruction } {
  const loop = compileLoop(spec, processor);
  return {
    begin: {
      execute: (strand) => {
        const run = loop.begin(strand.user.context);
        if (run.hasNext()) strand.loops.push(run);
        else strand.jump(place.endAt);
        return true;
      },
    },
    again: {
      execute: (strand) => {
        const run = strand.loops.at(-1) as ReturnType<typeof loop.begin>;
        return strand.wait((done) =>
          run.advance((error) => {
            if (error === undefined && run.hasNext()) strand.jump(place.bodyAt);
            else strand.loops.pop();
            done(error);
          }),
        );
      },
    },
  };
}

/** Steps of a `parallel` that run at the same time unless it says otherwise. */
const DEFAULT_LIMIT = 100;

/** `parallel`: each step is a strand of its own. The first that fails ends the journey; the others are not waited for. */
export function parallelStep(branches: readonly Program[], limit: unknown): Instruction {
  const width = Math.max(1, Number(limit ?? DEFAULT_LIMIT) || DEFAULT_LIMIT);
  return {
    execute: (strand) => (branches.length === 0 ? true : strand.wait((done) => runAll(strand, branches, width, done))),
  };
}

function runAll(parent: Strand, branches: readonly Program[], width: number, done: (error?: unknown) => void): void {
  let next = 0;
  let running = 0;
  let hasFailed = false;
  let readyAt = parent.readyAt;
  const startNext = (): void => {
    while (!hasFailed && running < width && next < branches.length) {
      const program = branches[next] ?? [];
      next += 1;
      running += 1;
      const branch = new Strand(parent.user, program, readyAt, (error) => {
        running -= 1;
        hasFailed ||= error !== undefined;
        readyAt = Math.max(readyAt, branch.readyAt);
        if (error !== undefined) done(error);
        else if (!hasFailed && next === branches.length && running === 0) {
          parent.readyAt = readyAt;
          done();
        } else startNext();
      });
      branch.run();
    }
  };
  startNext();
}
