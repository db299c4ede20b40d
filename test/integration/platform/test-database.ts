import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCluster } from '../../../fixtures/platform/src/database/cluster.ts';
import { prepareDatabase } from '../../../fixtures/platform/src/database/prepare.ts';
import { openSession, type Session } from '../../../fixtures/platform/src/database/session.ts';

/** How many documents the tests' platforms have. */
export const DOCUMENTS = 2_000;

/** A PostgreSQL of its own with the seeded data, for the tests of one file. */
export interface TestDatabase {
  readonly url: string;
  /** A connection of the tests' own. */
  readonly sql: Session['client'];
  stop(): Promise<void>;
}

/** Starts one in a temporary directory, which `stop` removes. */
export async function startTestDatabase(): Promise<TestDatabase> {
  const parent = mkdtempSync(join(tmpdir(), 'platform-test-'));
  const cluster = await startCluster({ dataDirectory: parent, log: () => undefined });
  const session = await openSession(cluster.url);
  await prepareDatabase(session, { documents: DOCUMENTS, faults: [] }, { step: () => undefined, log: () => undefined });
  return {
    url: session.url,
    sql: session.client,
    async stop() {
      await session.close();
      await cluster.stop();
      rmSync(parent, { recursive: true, force: true });
    },
  };
}
