export { writeMachineOutputs } from './write-outputs.ts';
