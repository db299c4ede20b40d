export { liveBlock } from './live-block.ts';
export { createLiveFigures } from './live-figures.ts';
export { liveLines, phaseStartedLine } from './live-lines.ts';
export type { LiveView } from './live-view.ts';
