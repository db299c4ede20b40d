export type { RunComparison, ShownDifference } from './comparison.ts';
export { junitDocument, type TestCase } from './junit-document.ts';
export { markdownCode, markdownHead, markdownRow, markdownText } from './markdown.ts';
export { JUNIT_FILE, SUMMARY_FILE, writeMachineOutputs } from './write-outputs.ts';
