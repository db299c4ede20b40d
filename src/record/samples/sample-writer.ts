import { outputRedactor } from '../redact.ts';
import { createNameMerger } from './name-merger.ts';
import type { SampleBatch } from './sample-buffer.ts';
import { createSampleFile } from './sample-file.ts';

/** Writes what all workers measure into one file. */
export interface SampleWriter {
  /**
   * Adds what one worker measured; it is in the file when this returns.
   *
   * @throws Error of the file system; the file then ends with the batch before.
   */
  append(batch: SampleBatch): void;
  /** Samples written so far. */
  count(): number;
  /** Ends the file; without any sample there is none. */
  end(): void;
}

/**
 * Makes the file at once: under load there may be no descriptor left for it.
 *
 * @param path of the file, which is taken away again if there are no samples.
 * @throws Error of the file system.
 */
export function createSampleWriter(path: string): SampleWriter {
  // A URL or an error may carry a secret; the redactor knows those of the test.
  const merger = createNameMerger((name) => outputRedactor.text(name));
  const file = createSampleFile(path);
  let count = 0;
  return {
    append: (batch) => {
      const { worker, names: _, ...columns } = batch;
      file.append({
        ...columns,
        error: merger.translate(batch, 'error'),
        phase: merger.translate(batch, 'phase'),
        journey: merger.translate(batch, 'journey'),
        endpoint: merger.translate(batch, 'endpoint'),
        worker: new Uint8Array(batch.count).fill(worker),
        names: merger.names(),
      });
      count += batch.count;
    },
    count: () => count,
    end: () => {
      if (count === 0) file.discard();
      else file.end();
    },
  };
}
