import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnosis, diagnose, EVIDENCE_COLUMNS, type EvidenceSamples, evidenceOfRun } from '../diagnose/index.ts';
import { UserFault } from '../errors.ts';
import { readSamples } from '../record/samples/index.ts';
import { readSystemRecord } from '../record/system/index.ts';
import type { NamedRun } from './run-path.ts';

/**
 * Why a run is slow, by what it left in its folder.
 *
 * @throws UserFault `run-shape` without samples, and for files that no run of this version wrote.
 */
export function diagnosisOf({ folder, record }: NamedRun): Diagnosis {
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
