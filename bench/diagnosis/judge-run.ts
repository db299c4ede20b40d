import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence } from 'proving-ground/diagnose/evidence.ts';
import { diagnose, EVIDENCE_COLUMNS, evidenceOfRun } from 'proving-ground/diagnose/index.ts';
import { readRun } from 'proving-ground/record/index.ts';
import { readSamples } from 'proving-ground/record/samples/index.ts';
import { readSystemRecord } from 'proving-ground/record/system/index.ts';
import type { StudyCase } from './cases.ts';

/** A run of the study with what the diagnosis said of it. */
export interface JudgedRun {
  readonly about: StudyCase & { readonly measuredAt: string; readonly machine: string };
  readonly answer: 'bottleneck' | 'no bottleneck' | 'not determined' | 'generator' | 'no data';
  /** In their order; empty without a bottleneck. */
  readonly causes: readonly { readonly cause: string; readonly share: number; readonly title: string }[];
  /** For the baselines. */
  readonly evidence: Evidence;
}

/** What a diagnosis may see of a stored run, and what it makes of it. undefined: it was not measured. */
export function judgeRun(folder: string): JudgedRun | undefined {
  if (!existsSync(join(folder, 'case.json'))) return undefined;
  const about = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')) as JudgedRun['about'];
  const evidence = evidenceOfRun({
    record: readRun(folder),
    samples: readSamples(join(folder, 'samples.arrow'), EVIDENCE_COLUMNS),
    system: readSystemRecord(folder),
  });
  const diagnosis = diagnose(evidence);
  const findings = diagnosis.answer === 'bottleneck' ? diagnosis.findings : [];
  return {
    about,
    answer: diagnosis.answer,
    causes: findings.map(({ cause, share, title }) => ({ cause, share: share.value, title })),
    evidence,
  };
}
