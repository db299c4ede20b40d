// A PostgreSQL for trials, where there is none: the server that comes with the project, in a folder that goes with it. It lets statements be
// watched, and asks several processes at once, as PostgreSQL does unless told otherwise.
//
//   node scripts/trial-postgres.ts      # prints its connection string, stops on Ctrl-C
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCluster } from '../fixtures/platform/src/database/cluster.ts';
import { connect } from '../fixtures/platform/src/database/session.ts';

const folder = mkdtempSync(join(tmpdir(), 'trial-postgres-'));
const cluster = await startCluster({ dataDirectory: folder, log: (line) => console.error(line) });
const session = await connect(cluster.url);
await session.query(
  'CREATE EXTENSION pg_stat_statements; ALTER DATABASE postgres SET max_parallel_workers_per_gather = 2',
);
await session.end();
console.log(cluster.url);
const ended = await Promise.race([
  new Promise<undefined>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(undefined));
  }),
  cluster.died,
]);
await cluster.stop();
rmSync(folder, { recursive: true, force: true });
if (ended !== undefined) console.error(ended);
process.exit(ended === undefined ? 0 : 1);
