import type { Alarm } from '../arrivals/alarm.ts';
import type { Turns } from '../arrivals/turns.ts';
import type { EngineConfig, EngineEvents } from '../artillery.ts';
import type { EndpointMetrics } from '../meter/endpoint-metrics.ts';
import type { Meter } from '../meter/meter.ts';
import type { Network } from '../transport/network.ts';
import type { AddressBook } from '../transport/wire-request.ts';

/** What all users of a worker share. */
export interface Resources {
  readonly config: EngineConfig;
  readonly network: Network;
  readonly addresses: AddressBook;
  readonly meter: Meter;
  /** Undefined: the plugin metrics-by-endpoint is not at work. */
  readonly endpoints: EndpointMetrics | undefined;
  readonly alarm: Alarm;
  readonly turns: Turns;
  readonly events: EngineEvents;
}
