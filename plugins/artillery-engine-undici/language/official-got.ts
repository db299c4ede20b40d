// The reference of the tests beside this: got, of the version that Artillery uses. Nothing else imports it.

import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** A request right before got opens a connection for it. */
export interface Sent {
  readonly url: URL;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

const fromArtillery = createRequire(createRequire(import.meta.url).resolve('artillery/package.json'));
const { default: got } = (await import(pathToFileURL(fromArtillery.resolve('got')).href)) as {
  default: (options: object) => Promise<unknown>;
};

/** What got would send. @throws RequestError if it refuses to */
export async function sentByGot(options: object): Promise<Sent> {
  let sent: Sent | undefined;
  const stop = (final: Sent): never => {
    sent = { url: final.url, headers: { ...final.headers }, body: final.body };
    throw new Error('far enough');
  };
  await got({ url: 'http://h/', retry: { limit: 0 }, hooks: { beforeRequest: [stop] }, ...options }).catch(
    (error: Error) => {
      if (error.message !== 'far enough') throw error;
    },
  );
  if (sent === undefined) throw new Error('nothing sent');
  return sent;
}
