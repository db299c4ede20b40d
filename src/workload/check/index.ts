export { checkTestFile, type FileKind } from './check-test-file.ts';
export { type Cursor, isPresent, textAt } from './cursor.ts';
export { FAULTS, type FaultId } from './faults.ts';
export { atValue, type Finding, findingAt } from './finding.ts';
export { allSteps } from './journey.ts';
export type { CheckOptions, RuleFacts } from './options.ts';
