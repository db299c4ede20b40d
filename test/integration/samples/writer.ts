import { createSampleWriter, SampleBuffer } from '../../../src/record/samples/index.ts';
import { addSample } from '../../../src/record/samples/testing/make-batch.ts';

/** Samples in each batch that the process writes. */
export const SAMPLES_PER_BATCH = 500;

// Run as a process: writes batches as fast as it can until it is killed, and says after each that it is written.
const [, script, path] = process.argv;
if (script?.endsWith('writer.ts') && path !== undefined) {
  const writer = createSampleWriter(path);
  const buffer = new SampleBuffer(1);
  for (let number = 1; ; number += 1) {
    for (let index = 0; index < SAMPLES_PER_BATCH; index += 1) {
      addSample(buffer, { due: number * 1_000 + index, lastByte: number, endpoint: `Endpoint ${number % 50}` });
    }
    const batch = buffer.take();
    if (batch !== undefined) writer.append(batch);
    process.stdout.write(`${number}\n`);
  }
}
