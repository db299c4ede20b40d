export { junitDocument, type TestCase } from './junit-document.ts';
export { markdownCode, markdownHead, markdownRow, markdownText } from './markdown.ts';
export { writeMachineOutputs } from './write-outputs.ts';
