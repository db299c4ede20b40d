import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { didYouMean } from '../../schema/closest.ts';
import { type Cursor, textAt, textsAt } from '../cursor.ts';
import { atValue, type Finding } from '../finding.ts';
import { allSteps, hookNames, type Journey, labelOf, SCENARIO_HOOKS } from '../journey.ts';
import { similarFile } from '../similar-file.ts';
import { besideOf } from '../source-store.ts';
import { stepCalls } from '../step-calls.ts';
import type { ProcessorUse, TestModel } from '../test-model.ts';

/** Whether the processor is there, and exports every function that the test calls. */
export function checkFunctions(test: TestModel): Finding[] {
  // Without a configuration in this file, nobody knows the processor.
  if (test.views.length === 0) return [];
  return [
    ...test.processors.flatMap(processorFaults),
    ...test.journeys.flatMap((journey) => journeyFaults(journey, test)),
  ];
}

function processorFaults({ cursor, file, state }: ProcessorUse): Finding[] {
  const path = textAt(cursor) ?? '';
  if (state === 'missing') {
    const suggestion = similarFile(besideOf(cursor.source, path), path);
    const message = `processor: ${path} does not exist`;
    const hint = 'The path is relative to the test file.';
    return [atValue('processor-missing', cursor, { message, hint, ...(suggestion && { suggestion }) })];
  }
  const modulePackage = file?.endsWith('.ts') === true ? nearestModulePackage(dirname(file)) : undefined;
  if (modulePackage === undefined) return [];
  const message = `processor: ${path} is TypeScript, and ${relative(process.cwd(), modulePackage)} says "type": "module"`;
  return [atValue('processor-module-type', cursor, { message })];
}

/** The nearest package.json above a folder, if it makes its files ES modules. */
function nearestModulePackage(folder: string): string | undefined {
  const file = join(folder, 'package.json');
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const isModule = typeof content === 'object' && content !== null && 'type' in content && content.type === 'module';
    return isModule ? file : undefined;
  } catch {
    const above = dirname(folder);
    return above === folder ? undefined : nearestModulePackage(above);
  }
}

function journeyFaults(journey: Journey, test: TestModel): Finding[] {
  const called = [...headCalls(journey), ...allSteps(journey.steps).flatMap(stepCalls)];
  return called.flatMap((name) => functionFault(name, journey, test));
}

/** The ws engine never calls the hooks of a scenario, and the socketio engine does not either. */
function headCalls(journey: Journey): Cursor[] {
  const { dialect, engine, heads } = journey;
  if (engine === 'playwright')
    return heads.flatMap((head) => textsAt(head.at('testFunction')).concat(textsAt(head.at('flowFunction'))));
  return dialect === 'http' ? hookNames(journey, SCENARIO_HOOKS) : [];
}

function functionFault(cursor: Cursor, journey: Journey, { processors, hasForeignCode }: TestModel): Finding[] {
  const name = textAt(cursor) ?? '';
  // A plugin may add functions of its own; hooks may be named by a variable.
  if (name === '' || name.includes('{{')) return [];
  if (processors.length === 0) {
    if (hasForeignCode) return [];
    const message = `${labelOf(journey)} calls ${name}, and config.processor names no file`;
    return [atValue('unknown-function', cursor, { message, found: name })];
  }
  const known = processors.map(({ processor }) => processor?.functions);
  if (known.some((functions) => functions === undefined || functions.has(name))) return [];
  const names = [...new Set(known.flatMap((functions) => [...(functions ?? [])]))].toSorted();
  const suggestion = didYouMean(name, names);
  if (hasForeignCode && suggestion === undefined) return [];
  const message = `${name} is not a function of ${processors.map((use) => textAt(use.cursor)).join(', ')}`;
  return [
    atValue('unknown-function', cursor, { message, found: name, allowed: names, ...(suggestion && { suggestion }) }),
  ];
}
