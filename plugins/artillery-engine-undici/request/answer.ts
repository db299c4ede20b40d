import { STATUS_CODES } from 'node:http';
import type { Exchange } from '../transport/exchange.ts';
import { readBody } from './answer-body.ts';
import { joinedHeaders, type NodeHeaders } from './headers.ts';

/** An answer as hooks and plugins of Artillery see it. */
export interface Answer {
  readonly statusCode: number;
  readonly statusMessage: string;
  readonly headers: NodeHeaders;
  readonly url: string;
  body: string;
  readonly timings: Timings;
}

/** When things happened: milliseconds since the epoch; `phases` are durations in milliseconds. */
export interface Timings {
  readonly start: number;
  readonly upload: number;
  readonly response: number;
  readonly end: number;
  readonly phases: Readonly<
    Record<'wait' | 'dns' | 'tcp' | 'request' | 'firstByte' | 'download' | 'total', number> & {
      /** Undefined without a handshake. */
      tls: number | undefined;
    }
  >;
}

/** @param decompress whether the body is unpacked, as `gzip` says. @throws Error for a body that cannot be unpacked. */
export function answerOf(exchange: Exchange, url: string, decompress: boolean): Answer {
  const headers = joinedHeaders(exchange.headers);
  const encoding = decompress ? headers['content-encoding'] : undefined;
  return {
    statusCode: exchange.status,
    statusMessage: STATUS_CODES[exchange.status] ?? '',
    headers,
    url,
    body: readBody(exchange.chunks, typeof encoding === 'string' ? encoding : undefined),
    timings: timingsOf(exchange),
  };
}

function timingsOf({ beganAt, carriedAt, sentAt, answeredAt, endedAt, handshake }: Exchange): Timings {
  const epoch = performance.timeOrigin;
  const dns = handshake?.lookupMs ?? 0;
  return {
    start: epoch + beganAt,
    upload: epoch + sentAt,
    response: epoch + answeredAt,
    end: epoch + endedAt,
    phases: {
      wait: carriedAt - beganAt,
      dns,
      tcp: handshake === undefined ? 0 : handshake.connectMs - dns,
      tls: handshake?.tlsMs,
      request: 0,
      firstByte: answeredAt - sentAt,
      download: endedAt - answeredAt,
      total: endedAt - beganAt,
    },
  };
}
