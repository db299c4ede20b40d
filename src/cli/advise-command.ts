import { Command, Option } from 'commander';
import { type Change, changesFor, type Diagnosis } from '../diagnose/index.ts';
import { changesText } from '../report/diagnosis/changes-text.ts';
import { styleFor } from '../report/index.ts';
import { diagnosisOf } from './diagnose-run.ts';
import { namedRun } from './run-path.ts';

const EXAMPLES = `
Examples:
  npx proving-ground advise reports/latest
  npx proving-ground advise reports/latest > change.sql    # read it, then: psql -f change.sql

Nothing is changed by itself. Ends with 0 whenever the run could be looked at.`;

interface Options {
  readonly format: 'text' | 'json';
}

/** `proving-ground advise <run>`: turns what a run was slow because of into changes to review. */
export function adviseCommand(): Command {
  return new Command('advise')
    .description('Turn what a run was slow because of into changes to review: SQL, sizes, statements')
    .argument('<run>', 'folder of a run, for example reports/latest, or its run.json')
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .action((path: string, { format }: Options) => {
      const run = namedRun(path);
      const diagnosis = diagnosisOf(run);
      const changes = diagnosis.answer === 'bottleneck' ? changesFor(diagnosis.findings) : [];
      const asJson = { schema: 'proving-ground/advice', version: 1, run: run.name, answer: diagnosis.answer, changes };
      console.log(format === 'json' ? JSON.stringify(asJson, null, 2) : asText(diagnosis, changes));
    });
}

function asText(diagnosis: Diagnosis, changes: readonly Change[]): string {
  if (changes.length > 0) return changesText(changes, { style: styleFor(process.stdout, process.env) });
  if (diagnosis.answer !== 'bottleneck') return `-- No change to advise: ${diagnosis.answer}. ${diagnosis.reason}.`;
  return diagnosis.findings.map(({ cause, todo }) => `-- ${cause}: no change can be written down. ${todo}`).join('\n');
}
