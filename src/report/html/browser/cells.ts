import { formatNumber } from '../../number-format.ts';
import type { Cell } from './table-content.ts';

/** A number, or a sign that there is none. */
export function numberCell(value: number | undefined): Cell {
  return { text: value === undefined ? '–' : formatNumber(value), value };
}

/** A name. */
export function textCell(text: string): Cell {
  return { text, value: text };
}

/** A share (0–1) in per cent. */
export function percentCell(share: number | undefined): Cell {
  if (share === undefined) return { text: '–', value: undefined };
  return { text: share === 0 ? '0 %' : `${formatNumber(share * 100)} %`, value: share * 100 };
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Bytes as people say them; copied as they are. */
export function bytesCell(bytes: number | undefined): Cell {
  if (bytes === undefined) return { text: '–', value: undefined };
  const power = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  return { text: `${formatNumber(bytes / 1000 ** power)} ${UNITS[power] ?? 'B'}`, value: bytes };
}
