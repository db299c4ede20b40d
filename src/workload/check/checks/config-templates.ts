import { didYouMean } from '../../schema/closest.ts';
import { type Cursor, isPresent } from '../cursor.ts';
import { type Finding, findingAt } from '../finding.ts';
import { allSteps } from '../journey.ts';
import { requestOf } from '../request-of.ts';
import { type TemplateUse, templateUses } from '../template-uses.ts';
import type { TestModel } from '../test-model.ts';

/** What Artillery puts into the configuration: once, before the run. */
const KNOWN = ['$env', '$processEnvironment', '$environment', '$scenarioFile', '$dirname', '$testId'];

const FUNCTIONS = ['$randomNumber', '$randomString'];

/** Parts of the configuration whose texts are not only for Artillery: templates of other tools may stand there. */
const OTHERS = ['plugins', 'variables'];

/** Parts of a request that are sent as they are and may well hold braces. */
const PLAIN_PARTS = ['url', 'name', 'headers', 'cookie', 'qs'];

/** Whether the texts of the configuration, and URLs and headers, hold only what Artillery can fill in. */
export function checkTemplates(test: TestModel): Finding[] {
  const config = test.root.at('config');
  const parts = config.keys().map((key) => ({ key, uses: templateUses(config.at(key)) }));
  const configured = parts.flatMap(({ key, uses }) =>
    uses.flatMap((use) => configFault(use, OTHERS.includes(key), test)),
  );
  const requests = test.journeys.flatMap(({ steps }) => allSteps(steps)).map(requestOf);
  const texts = requests.flatMap((request) =>
    request === undefined ? [] : PLAIN_PARTS.map((part) => request.at(part)),
  );
  return [...configured, ...texts.flatMap(templateUses).flatMap(unreadable), ...unsetVariables(test)];
}

function configFault(use: TemplateUse, isForOthers: boolean, { options }: TestModel): Finding[] {
  if (use.kind === 'unreadable') return isForOthers ? [] : unreadable(use);
  const known = use.kind === 'function' ? FUNCTIONS : [...KNOWN, ...(options.variables ?? [])];
  if (known.includes(use.name)) return [];
  const suggestion = didYouMean(use.name, known);
  return [
    report('undefined-variable', use, {
      message: `the configuration cannot use {{ ${use.expression} }}: it is read before any user has variables`,
      found: use.name,
      allowed: [...known.map((name) => (name === '$env' ? '$env.<NAME>' : name)), 'variables given with -v'],
      ...(suggestion && { suggestion }),
    }),
  ];
}

function unreadable(use: TemplateUse): Finding[] {
  if (use.kind !== 'unreadable') return [];
  return [
    report('unreadable-template', use, {
      message: `Artillery cannot fill in {{ ${use.expression} }}`,
      found: use.expression,
    }),
  ];
}

/** Variables of the shell; only where it is known that the run has this very shell. */
function unsetVariables({ root, journeys, options: { env } }: TestModel): Finding[] {
  if (env === undefined) return [];
  const places: Cursor[] = [root.at('config'), ...journeys.flatMap(({ steps }) => steps.map(({ cursor }) => cursor))];
  return places
    .filter(isPresent)
    .flatMap(templateUses)
    .flatMap((use) => {
      const name = /^\$(?:env|processEnvironment)\.(\w+)$/.exec(use.expression)?.[1];
      if (name === undefined || env[name] !== undefined) return [];
      return [report('unset-environment-variable', use, { message: `the shell has no variable ${name}`, found: name })];
    });
}

function report(
  code: Parameters<typeof findingAt>[0],
  use: TemplateUse,
  details: Parameters<typeof findingAt>[3],
): Finding {
  return findingAt(code, use.span, use.cursor.source.lines[use.span.position.line - 1] ?? '', details);
}
