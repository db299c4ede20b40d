import { join } from 'node:path';
import { PLAIN } from '../../report/style.ts';
import { type CheckOptions, checkTestFile, FAULTS, type FaultId } from '../../workload/check/index.ts';
import { checkRules } from './rule-check.ts';
import { formatFinding } from './text-format.ts';

/** Folder with one test for each fault, relative to the root of the repository. */
export const FIXTURES = 'test/fixtures/faults';

const INTRODUCTION = `# Faults that a check finds

\`npx proving-ground check artillery/*.yml\` finds them, and so does every run before it sends anything. This page is made from
the catalogue in \`src/workload/check/faults.ts\` and from the tests in \`${FIXTURES}\`, one for each fault: \`npm run
generate\` writes it, and a test fails when it is out of date. Errors end a check with exit code 2; warnings do so with
\`--strict\`.
`;

/** How the fixture of a fault is checked. */
export type FixtureOptions = (code: FaultId) => CheckOptions;

/**
 * `docs/faults.md`: what each fault means, what Artillery makes of it, what to do, and how it is reported.
 *
 * Paths in it are relative to the working directory, which must be the root of the repository.
 */
export function faultsPage(optionsOf: FixtureOptions): string {
  const ids = Object.keys(FAULTS).filter(isFaultId);
  const table = ids.map((id) => `| [\`${id}\`](#${id}) | ${FAULTS[id].severity} | ${FAULTS[id].title} |`);
  const sections = ids.map((id) => sectionOf(id, optionsOf(id)));
  return [INTRODUCTION, '| fault | severity | what is wrong |\n|---|---|---|', ...table, '', ...sections].join('\n');
}

function sectionOf(id: FaultId, options: CheckOptions): string {
  const { title, severity, consequence, remedy } = FAULTS[id];
  const { findings } = checkTestFile(join(FIXTURES, id, 'test.yml'), { ...options, rules: checkRules });
  const [finding] = findings;
  const printed = finding === undefined ? '' : formatFinding(finding, { style: PLAIN, width: 118 }).trimEnd();
  return `## ${id}

${title} (${severity}).

- Artillery: ${consequence}
- What to do: ${remedy}

\`\`\`
${printed}
\`\`\`
`;
}

function isFaultId(id: string): id is FaultId {
  return Object.hasOwn(FAULTS, id);
}
