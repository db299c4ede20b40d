import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { type Diagnosis, diagnose, EVIDENCE_COLUMNS, type EvidenceSamples, evidenceOfRun } from '../diagnose/index.ts';
import { UserFault } from '../errors.ts';
import { readSamples } from '../record/samples/index.ts';
import { readSystemRecord } from '../record/system/index.ts';
import { diagnosisText } from '../report/diagnosis/diagnosis-text.ts';
import { styleFor, textWidth } from '../report/index.ts';
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

function diagnosisOf({ folder, record }: NamedRun): Diagnosis {
  return diagnose(evidenceOfRun({ record, samples: samplesIn(folder, record), system: readSystemRecord(folder) }));
}

function samplesIn(folder: string, { samples }: NamedRun['record']): EvidenceSamples {
  // A run that was killed does not tell of its samples; they are there all the same.
  const path = join(folder, samples?.file ?? 'samples.arrow');
  if (existsSync(path)) return readSamples(path, EVIDENCE_COLUMNS, samples?.count);
  throw new UserFault('run-shape', `${folder} has no samples: Artillery's own engine writes none`, {
    hint: 'Run the test with `engine: undici`; its samples say when each request waited.',
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
