import type { Cause, Diagnosis, Finding } from '../answer.ts';
import { diagnose } from '../diagnose.ts';
import { type Situation, syntheticEvidence } from './synthetic-evidence.ts';

/** What is named, most important first. */
export function causesOf(diagnosis: Diagnosis): Cause[] {
  return diagnosis.answer === 'bottleneck' ? diagnosis.findings.map(({ cause }) => cause) : [];
}

/** What is named first. @throws Error when nothing is. */
export function firstOf(situation: Situation): Finding {
  const diagnosis = diagnose(syntheticEvidence(situation));
  if (diagnosis.answer !== 'bottleneck') throw new Error(`answered ${JSON.stringify(diagnosis)}`);
  return diagnosis.findings[0];
}
