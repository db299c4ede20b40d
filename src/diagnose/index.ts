export { type Change, changesFor } from './advise/changes.ts';
export { type Diagnosis, type Finding, isVague, type Observation } from './answer.ts';
export { diagnose } from './diagnose.ts';
export { EVIDENCE_COLUMNS, type EvidenceSamples, evidenceOfRun } from './evidence-of-run.ts';
