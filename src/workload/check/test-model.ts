import type { Cursor } from './cursor.ts';
import type { Finding } from './finding.ts';
import type { Journey } from './journey.ts';
import type { CheckOptions } from './options.ts';
import type { Processor } from './processor/read-processor.ts';
import type { SourceFile } from './source-file.ts';

/** The configuration of a test with one environment, or without any. */
export interface ConfigView {
  readonly environment: string | undefined;
  readonly config: Cursor;
}

/** Where the processor of a test is, and what it exports. */
export interface ProcessorUse {
  /** The text that names it. */
  readonly cursor: Cursor;
  /** Absolute; only where it was found. */
  readonly file: string | undefined;
  /** `unknown`: a template names it. */
  readonly state: 'found' | 'missing' | 'unknown';
  /** undefined: nothing can be said about its functions. */
  readonly processor: Processor | undefined;
}

/** A test as the checks see it. */
export interface TestModel {
  readonly source: SourceFile;
  /** The file of the test, and that of its configuration if it has one of its own. */
  readonly files: readonly SourceFile[];
  /** All of it together. */
  readonly root: Cursor;
  /** The ways in which the test may run; none where the file has no `config`, because another file will bring it. */
  readonly views: readonly ConfigView[];
  readonly journeys: readonly Journey[];
  /** The processors that the views name. */
  readonly processors: readonly ProcessorUse[];
  /** Whether there are plugins or engines of which nothing is known here; they may read keys of their own. */
  readonly hasForeignCode: boolean;
  readonly options: CheckOptions;
}

/** One kind of check. */
export type Check = (test: TestModel) => readonly Finding[];

/** The scenarios, without `before` and `after`. */
export function scenariosOf({ journeys }: TestModel): readonly Journey[] {
  return journeys.filter(({ role }) => role === 'scenario');
}
