import { z } from 'zod';

/** One worker in about a second of a run. */
export const generatorSecond = z.object({
  /** When the span began, in seconds since the first phase began. */
  at: z.number(),
  /** Length of the span: 1,000, and more where the worker was too busy to look at the clock. */
  spanMs: z.number(),
  /** From 1. */
  worker: z.number(),
  /** Share of the span in which the event loop was not waiting, 0–1. Waiting for an exact moment in a loop counts as work. */
  utilisation: z.number(),
  /** By how much the event loop was late for what was due at a random moment of the span. Stalls below 10 ms may be missed. */
  delayP50Ms: z.number(),
  delayP99Ms: z.number(),
  delayMaxMs: z.number(),
  /** For how long anything due would have been begun later than the limit of the run. */
  lateMs: z.number(),
  /** Processor time of the worker's thread by time, 0–1. */
  cpu: z.number(),
  /** Share of the span in which the thread could have worked and got no processor, 0–1; null where the system does not tell. */
  waiting: z.number().nullable(),
  /** Share of the span spent in garbage collection, 0–1. */
  gc: z.number(),
  heapMb: z.number(),
  /** Virtual users that arrived, those turned away by `maxVusers` among them. */
  arrivals: z.number(),
  /** From when a request was due to when the engine began to work on it; absent where the engine does not tell. */
  sendLagP99Ms: z.number().optional(),
  sendLagMaxMs: z.number().optional(),
});

/** The machine of the generator in about a second. null: the system does not tell. */
export const machineSecond = z.object({
  /** As of a worker's second. */
  at: z.number(),
  spanMs: z.number(),
  /** Processor time of Artillery's process with all its workers, in cores. */
  processCpu: z.number(),
  /** Share of all processors that was used by anybody, 0–1. */
  cpu: z.number().nullable(),
  /** Share that the hypervisor gave to other machines, 0–1. */
  steal: z.number().nullable(),
  /** Threads that ran or could have run at the end of the span. */
  runQueue: z.number().nullable(),
  /** Open files and sockets of the process, and how many it may have. */
  descriptors: z.number().nullable(),
  descriptorLimit: z.number().nullable(),
  /** TCP sockets of the machine, closing ones among them, by the number of local ports; above 1 where it also serves. */
  ports: z.number().nullable(),
});

const interval = z.object({
  /** Seconds since the first phase began. */
  from: z.number(),
  to: z.number(),
  /** The worst figure in it, in the unit of the finding. */
  worst: z.number(),
});

const finding = z.object({
  rule: z.enum([
    'measured',
    'arrivals',
    'send lag',
    'event loop',
    'errors of the generator',
    'descriptors',
    'processors',
    'maxVusers',
  ]),
  /** `noted`: worth knowing, and no reason to distrust the run. */
  outcome: z.enum(['ok', 'noted', 'not valid']),
  /** Absent: not measured. */
  observed: z.number().optional(),
  limit: z.number().optional(),
  unit: z.string(),
  /** In plain words, with the time and the amount. */
  text: z.string(),
  /** What to do; absent where nothing is wrong. */
  advice: z.string().optional(),
  /** Longest first. */
  intervals: z.array(interval),
});

/** Whether the figures of a run are the system's, or the generator's own. */
export const validity = z.object({
  outcome: z.enum(['valid', 'not valid']),
  /** false: shown, without changing the verdict. */
  enforced: z.boolean(),
  /** Of the whole run, for one line in a terminal; absent: not measured. */
  figures: z.object({
    /** Mean of the busiest worker, 0–1. */
    utilisation: z.number().optional(),
    /** Share of the time in which the event loop was later than the limit, in the worst worker. */
    lateShare: z.number().optional(),
    sendLagP99Ms: z.number().optional(),
    /** Arrivals in the time of their phase, by planned ones; the phase that is furthest from 1. */
    arrivalShare: z.number().optional(),
  }),
  findings: z.array(finding),
});

export type GeneratorSecond = z.infer<typeof generatorSecond>;
export type MachineSecond = z.infer<typeof machineSecond>;
export type ValidityRecord = z.infer<typeof validity>;
export type ValidityFinding = z.infer<typeof finding>;
export type ValidityInterval = z.infer<typeof interval>;
