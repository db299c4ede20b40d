/** Filled in below. */
export function trendCharts(_extra: unknown): void {}
