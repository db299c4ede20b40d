/** A value in a table: what is shown, and what it is sorted and copied by. */
export interface Cell {
  readonly text: string;
  readonly value: string | number | undefined;
  /** Shown instead of the text: a small drawing. */
  readonly node?: Node;
  readonly tone?: 'worse' | 'better' | undefined;
}

/** A column; those that follow each other in one group share a heading. */
export interface TableColumn {
  readonly title: string;
  readonly group?: string;
  /** The unit, for the copy. */
  readonly unit?: string;
  readonly isNumber: boolean;
  readonly isDrawing?: boolean;
}

/** A row; a total stays at the top whatever the order. */
export interface TableRow {
  readonly cells: readonly Cell[];
  readonly isTotal?: boolean;
}
