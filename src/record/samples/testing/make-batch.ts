import { NONE, type SampleBatch, SampleBuffer } from '../sample-buffer.ts';

/** What a sample differs in from the plainest one. Times are microseconds; `due` milliseconds since the epoch. */
export interface SampleFields {
  readonly due?: number;
  readonly queued?: number;
  readonly connect?: number;
  readonly tls?: number;
  readonly sent?: number;
  readonly firstByte?: number;
  readonly lastByte?: number;
  readonly status?: number;
  readonly error?: string;
  readonly bytesUp?: number;
  readonly bytesDown?: number;
  readonly reused?: 0 | 1;
  readonly phase?: string;
  readonly journey?: string;
  readonly endpoint?: string;
}

/** Adds a sample to a worker's buffer; the plainest one is an answer 200 of the endpoint Search. */
export function addSample(buffer: SampleBuffer, fields: SampleFields): void {
  const idOf = (column: 'error' | 'phase' | 'journey', name: string | undefined): number =>
    name === undefined ? -1 : buffer.nameId(column, name);
  buffer.add(
    fields.due ?? 1_700_000_000_000,
    fields.queued ?? 0,
    fields.connect ?? NONE,
    fields.tls ?? NONE,
    fields.sent ?? 10,
    fields.firstByte ?? 900,
    fields.lastByte ?? 1_000,
    fields.status ?? 200,
    idOf('error', fields.error),
    fields.bytesUp ?? 100,
    fields.bytesDown ?? 2_000,
    fields.reused ?? 1,
    idOf('phase', fields.phase),
    idOf('journey', fields.journey),
    buffer.nameId('endpoint', fields.endpoint ?? 'Search'),
  );
}

/** What a worker that measured these samples, and none before, would send; there must be at least one. */
export function makeBatch(samples: readonly SampleFields[], worker = 1): SampleBatch {
  const buffer = new SampleBuffer(worker);
  for (const sample of samples) addSample(buffer, sample);
  const batch = buffer.take();
  if (batch === undefined) throw new RangeError('a batch holds at least one sample');
  return batch;
}
