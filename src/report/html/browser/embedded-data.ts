import { unpack } from '../shared/pack.ts';
import type { ReportData } from '../shared/report-data.ts';

/** What the page carries. */
export interface Embedded {
  readonly runs: readonly ReportData[];
  readonly extra: unknown;
}

/** Reads the data of the page: base64 of gzip of packed numbers. */
export async function embeddedData(): Promise<Embedded> {
  const text = document.getElementById('data')?.textContent ?? '';
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  // The page and its data are written together.
  return unpack(new Uint8Array(await new Response(plain).arrayBuffer())) as Embedded;
}
