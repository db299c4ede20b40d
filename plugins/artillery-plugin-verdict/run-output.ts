import { join } from 'node:path';
import { systemErrorCode } from 'proving-ground/errors.ts';
import { createRunFolder } from 'proving-ground/record/index.ts';
import {
  compactSamples,
  createSampleWriter,
  type SampleBatch,
  type SampleWriter,
} from 'proving-ground/record/samples/index.ts';
import { keepSpareDescriptors } from './spare-descriptors.ts';

/** Name of the samples in the folder of a run. */
export const SAMPLES_FILE = 'samples.arrow';

/** From here on it takes seconds to put the samples together, and somebody may be waiting. */
const MANY_SAMPLES = 2_000_000;

/** The folder of a run, from when the run begins, and the samples in it. */
export class RunOutput {
  readonly #make: () => string;
  #folder: { readonly path: string } | { readonly fault: unknown } | undefined;
  #writer: SampleWriter | undefined;
  /** Samples from before the first phase, which may never come. */
  #early: SampleBatch[] = [];
  #fault: string | undefined;
  #giveBackSpare: () => void = () => undefined;

  /** @param reports folder of all runs. */
  constructor(reports: string, startedAt: string, testFile: string) {
    this.#make = () => createRunFolder(reports, new Date(startedAt), testFile);
  }

  /** Makes the folder. If that fails the run goes on, and `folder` tells at its end. */
  open(): void {
    if (this.#folder !== undefined) return;
    this.#giveBackSpare = keepSpareDescriptors();
    try {
      this.#folder = { path: this.#make() };
      this.#writer = createSampleWriter(join(this.#folder.path, SAMPLES_FILE));
    } catch (fault) {
      this.#folder = { fault };
    }
    for (const batch of this.#early.splice(0)) this.append(batch);
  }

  /** Writes samples; once that fails no more are written, since a file with a gap would be taken for whole. */
  append(batch: SampleBatch): void {
    if (this.#folder === undefined) this.#early.push(batch);
    if (this.#writer === undefined || this.#fault !== undefined) return;
    try {
      this.#writer.append(batch);
    } catch (thrown) {
      this.#fault = `samples could not be written any more: ${systemErrorCode(thrown) ?? String(thrown)}`;
    }
  }

  /** What went wrong while samples were written. */
  fault(): string | undefined {
    return this.#fault;
  }

  /** The load is over: from here on files are written. */
  loadIsOver(): void {
    this.#giveBackSpare();
  }

  /** Ends the file of samples. @returns undefined: the engine gave none. */
  endSamples(): { readonly path: string; readonly count: number } | undefined {
    const writer = this.#writer;
    this.#writer = undefined;
    if (writer === undefined || this.#folder === undefined || !('path' in this.#folder)) return undefined;
    const count = writer.count();
    const path = join(this.#folder.path, SAMPLES_FILE);
    if (count > MANY_SAMPLES) console.log(`\nPutting ${count.toLocaleString('en')} samples together …`);
    writer.end();
    if (count === 0) return undefined;
    compactSamples(path, count);
    return { path, count };
  }

  /** @throws UserFault `report-unwritable`. */
  folder(): string {
    this.open();
    if (this.#folder !== undefined && 'path' in this.#folder) return this.#folder.path;
    throw this.#folder?.fault;
  }
}
