export { soundsSecret } from './secret-names.ts';
export { type SecretSources, secretValues, textsBelow } from './secret-values.ts';
