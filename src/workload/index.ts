export { expandIncludes } from './include.ts';
export { secretValues, soundsSecret, textsBelow } from './secrets/index.ts';
export { addressOf } from './targets/address.ts';
export { checkTargets } from './targets/check-targets.ts';
export { readTargets } from './targets/target-list.ts';
export { createTargetPolicy, type TargetPolicy } from './targets/target-policy.ts';
export { readTestFile, type TestFile } from './test-file.ts';
