/** What a finding is about, for whoever wants to change it: names and figures, not words. */
export type Details =
  | {
      readonly kind: 'table';
      readonly table: string;
      /** Statements that read all of it, the longest time first. */
      readonly statements: readonly string[];
    }
  | {
      readonly kind: 'statement';
      readonly statement: string;
      /** How often for each request of the culprit. */
      readonly callsPerRequest: number;
    }
  | {
      readonly kind: 'pool';
      readonly pool: string;
      /** Connections that there are. */
      readonly size: number;
      /** Connections that would be in use at the same time if nobody had to wait: by Little's law. */
      readonly needed: number;
    }
  | {
      readonly kind: 'cache';
      /** Look-ups a second, and which of them were hits, 0–1. */
      readonly lookUpsPerSec: number;
      readonly hitRatio: number;
    };
