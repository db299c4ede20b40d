import type UPlot from 'uplot';

/** A chart of uPlot, whose script stands before ours in the page. */
export type Plot = UPlot;
export type PlotOptions = UPlot.Options;
export type PlotData = UPlot.AlignedData;
export type PlotSeries = UPlot.Series;
export type PlotAxis = UPlot.Axis;

declare const uPlot: typeof UPlot;

/** Draws a chart into an element. */
export function createPlot(options: PlotOptions, data: PlotData, target: HTMLElement): Plot {
  return new uPlot(options, data, target);
}

/** What charts share so that their cursors move together. */
export function cursorGroup(name: string): UPlot.SyncPubSub {
  return uPlot.sync(name);
}

/** Draws bars around each point. */
export function barPaths(): UPlot.Series.PathBuilder | undefined {
  return uPlot.paths.bars?.({ size: [1, Infinity], gap: 1 });
}

/** Draws a line that keeps its value until the next point. */
export function stepPaths(): UPlot.Series.PathBuilder | undefined {
  return uPlot.paths.stepped?.({ align: 1 });
}
