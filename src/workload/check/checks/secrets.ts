import { didYouMean } from '../../schema/closest.ts';
import { type Cursor, oneOrMoreAt, textAt } from '../cursor.ts';
import { atValue, type Finding } from '../finding.ts';
import { capturedBy } from '../flow-scope.ts';
import { allSteps } from '../journey.ts';
import { declaredSecrets } from '../secrets-of-test.ts';
import { templateUses } from '../template-uses.ts';
import type { TestModel } from '../test-model.ts';

/** Whether every declared secret is the name of something that can hold one. */
export function checkSecrets(test: TestModel): Finding[] {
  const declared = test.views.flatMap(({ config }) => declaredSecrets(config));
  if (declared.length === 0) return [];
  const known = namesOf(test);
  return declared.flatMap((item) => {
    const name = textAt(item) ?? '';
    if (known.has(name) || mayBeSetByCode(name, test)) return [];
    const suggestion = didYouMean(name, [...known]);
    return [
      atValue('unknown-secret', item, {
        message: `no variable is called ${name}`,
        found: name,
        ...(suggestion && { suggestion }),
      }),
    ];
  });
}

function namesOf({ views, journeys, root, options }: TestModel): Set<string> {
  const steps = journeys.flatMap((journey) => allSteps(journey.steps));
  const shell = options.env ?? process.env;
  return new Set([
    ...views.flatMap(({ config }) => [...config.at('variables').keys(), ...csvNames(config)]),
    ...(options.variables ?? []),
    ...steps.flatMap(capturedBy),
    ...[root, ...steps.map(({ cursor }) => cursor)]
      .flatMap(templateUses)
      .flatMap(({ expression }) => shellName(expression)),
    ...Object.keys(shell).filter((name) => shell[name] !== undefined),
  ]);
}

function csvNames(config: Cursor): string[] {
  return oneOrMoreAt(config.at('payload')).flatMap((file) => [
    ...(textAt(file.at('name')) === undefined ? [] : [String(file.at('name').value)]),
    ...file
      .at('fields')
      .items()
      .map(({ value }) => String(value)),
  ]);
}

/** Of the shell's variables, the one that a template uses, whether it is set here or not. */
function shellName(expression: string): string[] {
  const name = /^\$(?:env|processEnvironment)\.(\w+)$/.exec(expression)?.[1];
  return name === undefined ? [] : [name];
}

function mayBeSetByCode(name: string, { processors, hasForeignCode }: TestModel): boolean {
  return hasForeignCode || processors.some(({ processor }) => processor?.mentions(name) !== false);
}
