import { join } from 'node:path';
import { diagnose, EVIDENCE_COLUMNS, evidenceOfRun } from '../../diagnose/index.ts';
import type { CapacityRecord } from '../../gate/capacity/index.ts';
import { readRun } from '../../record/index.ts';
import { readSamples } from '../../record/samples/index.ts';
import { readSystemRecord } from '../../record/system/index.ts';

/** What limits a system, by a run in which it was loaded beyond what it sustains. */
export function limitOfRun(folder: string): NonNullable<CapacityRecord['limitedBy']> {
  const record = readRun(folder);
  const samples = readSamples(join(folder, 'samples.arrow'), EVIDENCE_COLUMNS, record.samples?.count);
  const diagnosis = diagnose(evidenceOfRun({ record, samples, system: readSystemRecord(folder) }));
  const { answer } = diagnosis;
  if (answer === 'bottleneck') {
    const [{ cause, title, todo, certainty }] = diagnosis.findings;
    return { answer, text: title, cause, todo, certainty };
  }
  return { answer, text: diagnosis.reason, ...('todo' in diagnosis ? { todo: diagnosis.todo } : {}) };
}
