import { Command, Option } from 'commander';
import type { Diagnosis } from '../diagnose/index.ts';
import { diagnosisText } from '../report/diagnosis/diagnosis-text.ts';
import { styleFor, textWidth } from '../report/index.ts';
import { diagnosisOf } from './diagnose-run.ts';
import { type NamedRun, namedRun } from './run-path.ts';

const EXAMPLES = `
Examples:
  npx proving-ground diagnose reports/latest
  npx proving-ground diagnose reports/latest --format json | jq '.findings[0].cause'

Ends with 0 whenever the run could be looked at, whatever the answer is.`;

interface Options {
  readonly format: 'text' | 'json';
}

/** `proving-ground diagnose <run>`: says why a run is slow; nothing is sent anywhere. */
export function diagnoseCommand(): Command {
  return new Command('diagnose')
    .description('Say why a run is slow: its bottleneck by name, what shows it, and what to do')
    .argument('<run>', 'folder of a run, for example reports/latest, or its run.json')
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .action((path: string, { format }: Options) => {
      const run = namedRun(path);
      const diagnosis = diagnosisOf(run);
      console.log(format === 'json' ? asJson(run, diagnosis) : asText(diagnosis));
    });
}

function asJson({ name, record }: NamedRun, diagnosis: Diagnosis): string {
  return JSON.stringify(
    { schema: 'proving-ground/diagnosis', version: 1, run: name, test: record.test.name, ...diagnosis },
    null,
    2,
  );
}

function asText(diagnosis: Diagnosis): string {
  const { stdout, env } = process;
  return diagnosisText(diagnosis, {
    style: styleFor(stdout, env),
    width: textWidth(stdout),
    wraps: true,
  });
}
