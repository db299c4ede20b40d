export { expandIncludes } from './include.ts';
export { parseTestFile, readTestFile, type TestFile, type YamlPath } from './test-file.ts';
