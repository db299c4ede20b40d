/** One request as a recording server saw it, with everything replaced that differs between two runs of the same test. */
export interface SeenRequest {
  /** Which of the servers was asked: `target`, `other`, `secure` or `proxy`. */
  readonly server: string;
  readonly method: string;
  readonly url: string;
  /** Names in lower case; several values of one name in their order. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** As text when it is UTF-8, else `base64:…`. */
  readonly body: string;
  /** Common name of the client's certificate, where one was shown. */
  readonly certificate?: string;
}

/** One request as it came. */
export interface RawRequest extends Omit<SeenRequest, 'body'> {
  readonly body: Buffer;
  /** Which connection of this server it came on, from 1. */
  readonly connection: number;
}

/**
 * Makes a request comparable: the boundary of a multipart body is chosen at random by the client, and its length goes into
 * `content-length`, so that header says only whether it was right.
 */
export function normaliseRequest(raw: RawRequest): SeenRequest {
  const { connection: _connection, body, headers, ...rest } = raw;
  const boundary = boundaryOf(headers);
  if (boundary === undefined) return { ...rest, headers, body: asText(body) };
  const length = headers['content-length'];
  return {
    ...rest,
    headers: {
      ...headers,
      'content-type': String(headers['content-type']).replace(boundary, 'BOUNDARY'),
      ...(length === undefined ? {} : { 'content-length': Number(length) === body.length ? 'right' : 'wrong' }),
    },
    body: asText(body).replaceAll(boundary, 'BOUNDARY'),
  };
}

function boundaryOf(headers: SeenRequest['headers']): string | undefined {
  return /boundary="?([^";]+)/.exec(String(headers['content-type'] ?? ''))?.[1];
}

function asText(body: Buffer): string {
  const text = body.toString('utf8');
  return Buffer.from(text, 'utf8').equals(body) ? text : `base64:${body.toString('base64')}`;
}
