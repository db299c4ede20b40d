export { soundsSecret } from './secret-names.ts';
export { secretValues, textsBelow } from './secret-values.ts';
