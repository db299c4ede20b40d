/** A security event as `POST /events` takes it. */
export interface SecurityEvent {
  /** The sensor. */
  readonly source: string;
  readonly kind: EventKind;
  /** 0 (info) to 4 (critical). */
  readonly severity: number;
  readonly host: string;
  readonly username?: string;
  readonly srcIp?: string;
  /** An address, domain, hash or CVE that may be a known threat. */
  readonly indicator?: string;
  readonly message: string;
  /** ISO 8601, by the clock of the sensor. */
  readonly occurredAt: string;
}

/** The kinds of events that the platform knows. */
export type EventKind =
  | 'auth.failure'
  | 'auth.success'
  | 'network.connection'
  | 'dns.query'
  | 'process.start'
  | 'malware.detected'
  | 'file.change';
