import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import {
  type Connection,
  checkpointReadings,
  databaseReadings,
  lockReadings,
  numberOf,
  type Reading,
  type Row,
  sessionReadings,
  tableReadings,
  waitEventReadings,
  waitReadings,
  withAbsent,
} from 'proving-ground/record/system/index.ts';
import { ANSWER_TIMEOUT_MS, LOOK_TIMEOUT_MS, type Source } from '../source.ts';
import { checkpointsQuery, DATABASE, FACTS, LOCKS, SESSIONS, statementsQuery, TABLES, textsQuery } from './queries.ts';
import { createStatementWatch } from './statements.ts';

/** A connection that can be asked, with what does not change. */
interface Session {
  readonly client: Client;
  readonly facts: Row | undefined;
}

/** PostgreSQL 14 or newer, by its own statistics, over one connection. */
export function postgresSource(system: string, { url, shownAs }: Connection): Source {
  const statements = createStatementWatch();
  const seen = new Map<string, Reading>();
  let session: Session | undefined;

  async function connected(): Promise<Session> {
    if (url === undefined) throw new Error(`${shownAs} is not set`);
    session ??= await open(url, () => {
      session = undefined;
    });
    return session;
  }

  async function statementsOf({ client, facts }: Session): Promise<Reading[]> {
    const schema = facts?.statements_schema;
    if (typeof schema !== 'string') return [];
    const rows = await rowsOf(client, statementsQuery(schema));
    const readings = statements.readings(rows);
    const unknown = statements.unknown();
    if (unknown.length === 0) return readings;
    statements.learn(await rowsOf(client, textsQuery(schema), [unknown]));
    // What it does from now on counts, and not only what it does after the next look.
    return statements.told(rows);
  }

  async function readingsOf(open: Session): Promise<Reading[]> {
    const { client, facts } = open;
    const first = async (text: string): Promise<Row | undefined> => (await rowsOf(client, text))[0];
    const sessions = await rowsOf(client, SESSIONS);
    const now = [
      ...sessionReadings(sessions, numberOf(facts, 'connections')),
      ...waitReadings(sessions),
      ...waitEventReadings(sessions),
    ];
    return [
      ...withAbsent(now, seen),
      ...databaseReadings(await first(DATABASE)),
      ...lockReadings(await rowsOf(client, LOCKS)),
      ...tableReadings(await rowsOf(client, TABLES)),
      ...checkpointReadings(await first(checkpointsQuery(numberOf(facts, 'version')))),
      ...(await statementsOf(open)),
    ];
  }

  function close(): void {
    void session?.client.end().catch(() => undefined);
    session = undefined;
  }

  return {
    origin: { system, kind: 'postgres' },
    where: shownAs,
    look: async () => {
      const open = await connected();
      try {
        return await readingsOf(open);
      } catch (error) {
        // What a connection is in the middle of after a time-out is not known.
        close();
        throw error;
      }
    },
    texts: () => statements.texts(),
    close,
  };
}

async function open(url: string, onLost: () => void): Promise<Session> {
  // Not before it is needed: most tests watch no database, and every start would pay for the driver.
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    connectionString: url,
    application_name: 'proving-ground',
    connectionTimeoutMillis: ANSWER_TIMEOUT_MS,
    // Neither may a look hold up the service, nor may a server that answers nothing hold up the looks.
    statement_timeout: LOOK_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
  });
  client.on('error', onLost);
  try {
    await client.connect();
    const [facts] = await rowsOf(client, FACTS);
    return { client, facts };
  } catch (error) {
    void client.end().catch(() => undefined);
    throw error;
  }
}

/** Prepared once for each connection: parsing and planning are most of what such a question costs. */
async function rowsOf(client: Client, text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
  const name = createHash('sha256').update(text).digest('hex').slice(0, 16);
  const { rows } = await client.query<Row>({ name, text, values: [...values] });
  return rows;
}
