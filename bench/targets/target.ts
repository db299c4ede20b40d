/** A server that is loaded. */
export interface Target {
  readonly name: string;
  /** `http://host:port`, no slash at the end. */
  readonly url: string;
  /** Requests answered so far; only differences mean something. This question is not counted. */
  requestCount(): Promise<number>;
  stop(): Promise<void>;
}

/** What both targets answer: a GET of `/`, and a POST to `/items` whose answer holds something to capture. */
export const ANSWERS = {
  '/': '{"status":"ok","service":"bench","items":[1,2,3]}',
  '/items': '{"id":"a1b2c3d4","token":"0f9e8d7c6b5a","status":"created","count":1}',
} as const;
