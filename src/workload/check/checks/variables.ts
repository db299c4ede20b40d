import { didYouMean } from '../../schema/closest.ts';
import { type Cursor, isPresent, oneOrMoreAt, textAt } from '../cursor.ts';
import { type Finding, findingAt } from '../finding.ts';
import { capturedBy, type Scope, type ScopedStep, scopedSteps } from '../flow-scope.ts';
import { allSteps, hookNames, type Journey, type Step } from '../journey.ts';
import { requestOf } from '../request-of.ts';
import { stepCalls } from '../step-calls.ts';
import { type TemplateUse, templateUses } from '../template-uses.ts';
import type { TestModel } from '../test-model.ts';

/** What Artillery gives to every user. */
const BUILT_IN = [
  'target',
  '$environment',
  '$env',
  '$processEnvironment',
  '$testId',
  '$dirname',
  '$scenarioFile',
  '$uuid',
];

const TEMPLATE_FUNCTIONS = ['$randomNumber', '$randomString', '$template'];

/** Hooks that run before, or between, the texts of a flow. */
const SETTING_HOOKS = ['beforeScenario', 'beforeRequest', 'afterResponse'];

/** Keys of a step whose texts are no templates, or stand in its children. */
const NO_TEMPLATES = ['loop', 'parallel', 'function', 'whileTrue', 'loopValue', 'loopElement', 'include'];

/** Whether every variable and every function in the texts of flows is defined somewhere before. */
export function checkVariables(test: TestModel): Finding[] {
  if (test.views.length === 0) return [];
  const begin = beginOf(test);
  return test.journeys.flatMap((journey) => {
    // What runs once before the test knows nothing of what it captures itself later on.
    const scope = journey.role === 'before' ? withoutBefore(test) : begin;
    return journeyFaults(journey, { ...scope, isOpen: scope.isOpen || isOpenFromTheStart(journey) }, test);
  });
}

function beginOf(test: TestModel): Scope {
  const before = test.journeys.filter(({ role }) => role === 'before');
  const steps = before.flatMap((journey) => allSteps(journey.steps));
  const { names } = withoutBefore(test);
  const calls =
    steps.some((step) => stepCalls(step).length > 0) ||
    before.some((journey) => journey.dialect === undefined || isOpenFromTheStart(journey));
  return { names: new Set([...names, ...steps.flatMap(capturedBy)]), isOpen: calls || test.hasForeignCode };
}

function withoutBefore({ views, options, hasForeignCode }: TestModel): Scope {
  const configured = views.flatMap(({ config }) => [...config.at('variables').keys(), ...csvVariables(config)]);
  return { names: new Set([...BUILT_IN, ...(options.variables ?? []), ...configured]), isOpen: hasForeignCode };
}

function csvVariables(config: Cursor): string[] {
  return oneOrMoreAt(config.at('payload')).flatMap((file) => {
    const name = textAt(file.at('name'));
    const fields = file
      .at('fields')
      .items()
      .map(({ value }) => String(value));
    return file.at('loadAll').value === true && name !== undefined ? [name] : fields;
  });
}

function isOpenFromTheStart(journey: Journey): boolean {
  return journey.dialect === 'http' && hookNames(journey, SETTING_HOOKS).length > 0;
}

function journeyFaults(journey: Journey, scope: Scope, test: TestModel): Finding[] {
  const begin = journey.dialect === 'socketio' ? { ...scope, names: new Set([...scope.names, '$']) } : scope;
  return scopedSteps(journey.steps, begin).flatMap((scoped) => [
    ...usesOf(scoped.step).flatMap((use) => useFault(use, scoped.scope, test)),
    ...listFault(scoped, test),
    ...conditionFault(scoped, test),
  ]);
}

function usesOf({ cursor }: Step): TemplateUse[] {
  return cursor.keys().flatMap((key) => (NO_TEMPLATES.includes(key) ? [] : templateUses(cursor.at(key))));
}

/** `over` names a variable without braces. */
function listFault({ step, scope }: ScopedStep, test: TestModel): Finding[] {
  const over = step.cursor.at('over');
  const name = textAt(over)?.split(/[.[]/)[0];
  if (name === undefined || name === '' || name.includes('{{')) return [];
  return variableFault(name, scope, test, { cursor: over, span: over.span });
}

/** One variable alone, or compared with a number or a text. Longer expressions are left to the engine. */
const SIMPLE_CONDITION = /^\s*([A-Za-z_$][\w$]*)\s*(?:(?:==|!=|<=?|>=?|~=)\s*(?:"[^"]*"|-?\d+(?:\.\d+)?)\s*)?$/;

/** An unknown name in a condition makes it true. */
function conditionFault({ step, scope }: ScopedStep, test: TestModel): Finding[] {
  const condition = requestOf(step)?.at('ifTrue');
  const name = SIMPLE_CONDITION.exec((condition && textAt(condition)) ?? '')?.[1];
  if (condition === undefined || name === undefined) return [];
  const isFunction = test.processors.some(({ processor }) => processor?.functions?.has(name) !== false);
  return isFunction ? [] : variableFault(name, scope, test, { cursor: condition, span: condition.span });
}

function useFault(use: TemplateUse, scope: Scope, test: TestModel): Finding[] {
  if (use.kind === 'variable') return variableFault(use.name, scope, test, use);
  if (use.kind !== 'function' || test.hasForeignCode || TEMPLATE_FUNCTIONS.includes(use.name)) return [];
  if (test.views.some(({ config }) => isPresent(config.at('plugins', 'fake-data')))) return [];
  const suggestion = didYouMean(use.name, TEMPLATE_FUNCTIONS);
  return [
    report('undefined-variable', use, {
      message: `${use.name}() is not a function of templates`,
      found: use.name,
      allowed: [...TEMPLATE_FUNCTIONS, 'those of the fake-data plugin'],
      ...(suggestion && { suggestion }),
    }),
  ];
}

type Place = Pick<TemplateUse, 'cursor' | 'span'>;

function variableFault(name: string, scope: Scope, test: TestModel, place: Place): Finding[] {
  if (scope.names.has(name) || !/^[\w$-]/.test(name)) return [];
  if (scope.isOpen) return isSetSomewhere(name, test) ? [] : [doubtful(name, scope, place)];
  return [report('undefined-variable', place, { ...detailsOf(name, scope), hint: HINT })];
}

const HINT = 'Variables come from config.variables, the fields of CSV files, captures of earlier steps, and -v.';

function doubtful(name: string, scope: Scope, place: Place): Finding {
  return report('doubtful-variable', place, detailsOf(name, scope));
}

function detailsOf(name: string, { names }: Scope) {
  const suggestion = didYouMean(name, [...names]);
  return { message: `nothing defines {{ ${name} }}`, found: name, ...(suggestion && { suggestion }) };
}

/** Whether a function may set a variable: its name stands in the processor, or the processor sets names that it computes. */
function isSetSomewhere(name: string, { processors, hasForeignCode }: TestModel): boolean {
  if (hasForeignCode || processors.length === 0) return true;
  return processors.some(
    ({ processor }) => processor === undefined || processor.setsAnyName || processor.mentions(name),
  );
}

function report(
  code: 'undefined-variable' | 'doubtful-variable',
  { cursor, span }: Place,
  details: Parameters<typeof findingAt>[3],
): Finding {
  return findingAt(code, span, cursor.source.lines[span.position.line - 1] ?? '', details);
}
