import type { LimitLine, ReportData } from '../shared/report-data.ts';
import type { Points, Values } from '../shared/series.ts';
import type { View } from './state.ts';
import type { Colour } from './theme.ts';

/** A line of a chart. */
export interface LaneSeries {
  readonly name: string;
  readonly values: Values;
  readonly colour: Colour;
  readonly dash?: readonly number[] | undefined;
  readonly width?: number | undefined;
  readonly isFilled?: boolean | undefined;
  /** Keeps its value until the next point. */
  readonly isStepped?: boolean | undefined;
}

/** A chart over the time of the run. */
export interface LaneDefinition {
  readonly id: string;
  readonly title: (view: View) => string;
  readonly unit: string;
  readonly height: number;
  /** Times span orders of magnitude. */
  readonly isLogarithmic?: boolean | undefined;
  /** The lowest value that the axis must show at its top: an axis that ends at 1 % makes nothing look like much. */
  readonly atLeast?: number | undefined;
  /** None: there is nothing to draw for this run. */
  series(run: ReportData, points: Points, view: View): LaneSeries[];
  limits?(run: ReportData, view: View): LimitLine[];
  /** Spans whose numbers must not be believed. */
  invalid?(run: ReportData): readonly { readonly fromMs: number; readonly toMs: number }[];
}
