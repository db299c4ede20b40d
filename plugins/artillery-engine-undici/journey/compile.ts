import type { ScenarioSpec, StepSpec } from '../artillery.ts';
import { requestStep } from '../request/request-step.ts';
import { hooksOf, type Journey } from './journey.ts';
import type { Resources } from './resources.ts';
import { functionStep, logStep, loopSteps, parallelStep, thinkStep } from './steps.ts';
import type { Instruction, Program } from './strand.ts';

/** The program of a scenario: its hooks before and after are steps like any other. */
export function compileScenario(spec: ScenarioSpec, resources: Resources): Program {
  const hooks = {
    beforeRequest: hooksOf(spec, 'beforeRequest'),
    afterResponse: hooksOf(spec, 'afterResponse'),
    onError: hooksOf(spec, 'onError'),
  };
  const asSteps = (names: readonly string[]): StepSpec[] => names.map((name) => ({ function: name }));
  const steps = [...asSteps(hooksOf(spec, 'beforeScenario')), ...spec.flow, ...asSteps(hooksOf(spec, 'afterScenario'))];
  return compileSteps(steps.flat(), { name: spec.name, hooks, resources });
}

function compileSteps(steps: readonly StepSpec[], journey: Journey): Program {
  const program: Instruction[] = [];
  for (const step of steps) appendStep(program, step, journey);
  return program;
}

/** The order of the questions is Artillery's: it decides what a step with several of these keys is. */
function appendStep(program: Instruction[], step: StepSpec, journey: Journey): void {
  const { resources } = journey;
  if (step.loop) appendLoop(program, step, journey);
  else if (step.parallel) {
    const branches = (step.parallel as StepSpec[]).map((branch) => compileSteps([branch], journey));
    program.push(parallelStep(branches, step.limit));
  } else if (step.think !== undefined) program.push(thinkStep(step, resources));
  else if (step.log !== undefined) program.push(logStep(step));
  else if (step.function) program.push(functionStep(String(step.function), resources));
  else program.push(requestStep(step, journey));
}

function appendLoop(program: Instruction[], step: StepSpec, journey: Journey): void {
  const place = { bodyAt: program.length + 1, endAt: 0 };
  const { begin, again } = loopSteps(step, journey.resources.config.processor, place);
  program.push(begin);
  for (const inner of step.loop as StepSpec[]) appendStep(program, inner, journey);
  program.push(again);
  place.endAt = program.length;
}
