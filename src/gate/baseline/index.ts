export { BASELINE_SCHEMA, type BaselineRecord, baselineJsonSchema, parseBaseline } from './baseline-record.ts';
export { buildBaseline, measureForBaseline } from './build-baseline.ts';
export { figuresOfBaseline } from './figures-of-baseline.ts';
export { reviewableJson } from './reviewable-json.ts';
export { runToLearnFrom } from './users-of-runs.ts';
