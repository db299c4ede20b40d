import { z } from 'zod';

const system = z.strictObject({
  /** Address of metrics in the text format of Prometheus. */
  prometheus: z.url({ protocol: /^https?$/ }).optional(),
  /** Names of metrics; `*` stands for any characters. */
  metrics: z.array(z.string().min(1)).min(1).optional(),
  /** Variables of the shell that hold a connection string. */
  postgres: z.string().min(1).optional(),
  redis: z.string().min(1).optional(),
  /** Processes of this machine: by name, by the port they listen on, or one by its number. */
  process: z.string().min(1).optional(),
  port: z.int().min(1).max(65_535).optional(),
  pid: z.int().min(1).optional(),
});

/** `config.plugins.verdict.monitor`: systems by the names that the report calls them, or false to watch nothing at all. */
export const monitorShape = z.union([z.literal(false), z.record(z.string().min(1), system)]).default({});

export type MonitorOptions = z.infer<typeof monitorShape>;
