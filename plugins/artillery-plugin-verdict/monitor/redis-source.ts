import { type Connection, redisReadings } from 'proving-ground/record/system/index.ts';
import type { RedisClientType } from 'redis';
import { ANSWER_TIMEOUT_MS, type Source } from './source.ts';

type Client = Pick<RedisClientType, 'connect' | 'destroy' | 'info' | 'isOpen'>;

/** Redis, by `INFO`. */
export function redisSource(system: string, { url, shownAs }: Connection): Source {
  let client: Client | undefined;

  async function connected(): Promise<Client> {
    if (url === undefined) throw new Error(`${shownAs} is not set`);
    if (client?.isOpen !== true) {
      const fresh = await createClientOf(url);
      await fresh.connect();
      client = fresh;
    }
    return client;
  }

  return {
    origin: { system, kind: 'redis' },
    where: shownAs,
    look: async () => redisReadings(await (await connected()).info()),
    close: () => {
      if (client?.isOpen === true) client.destroy();
      client = undefined;
    },
  };
}

async function createClientOf(url: string): Promise<Client> {
  // Not before it is needed: most tests watch no Redis, and every start would pay for the driver.
  const { createClient } = await import('redis');
  const socket = {
    connectTimeout: ANSWER_TIMEOUT_MS,
    // Nothing comes either in the second between two looks.
    socketTimeout: 1_000 + ANSWER_TIMEOUT_MS,
    reconnectStrategy: false,
  } as const;
  const client = createClient({ url, socket, disableOfflineQueue: true, name: 'proving-ground' });
  // Whoever looks next is told; without a listener the process would end.
  client.on('error', () => undefined);
  return client;
}
