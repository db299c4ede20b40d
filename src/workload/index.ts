export { expandIncludes } from './include.ts';
export { readTestFile, type TestFile } from './test-file.ts';
