export { gateText } from './gate-text.ts';
export { GATE_FILE, writeGate } from './write-gate.ts';
