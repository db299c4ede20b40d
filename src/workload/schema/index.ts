export { closest, didYouMean } from './closest.ts';
export { journeyJsonSchema, testJsonSchema } from './json-schema.ts';
export { METHODS } from './steps.ts';
