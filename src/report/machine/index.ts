export type { RunComparison, ShownDifference } from './comparison.ts';
export { JUNIT_FILE, type MachineOutputs, SUMMARY_FILE, writeMachineOutputs } from './write-outputs.ts';
