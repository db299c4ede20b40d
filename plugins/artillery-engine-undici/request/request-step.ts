import type { StepSpec } from '../artillery.ts';
import type { Journey } from '../journey/journey.ts';
import type { Instruction } from '../journey/strand.ts';
import { isProbable } from '../language/index.ts';
import { planRequest } from './request-plan.ts';
import { RequestRun } from './request-run.ts';

/** `get`, `post` and all other methods. */
export function requestStep(step: StepSpec, journey: Journey): Instruction {
  const plan = planRequest(step, journey);
  return {
    execute: (strand) => {
      if (plan.url === undefined) throw new Error('an URL must be specified');
      if (!isProbable(plan.probability, strand.user.random)) return true;
      if (plan.condition?.(strand.user.context.vars) === false) return true;
      strand.whenDue(() => new RequestRun(plan, strand).begin());
      return false;
    },
  };
}
