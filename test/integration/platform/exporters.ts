import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../../src/cli/system/free-port.ts';

/** An exporter of Prometheus, on a free port. */
export interface Exporter {
  /** Of its metrics. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Collectors of which each look is cheap; all of them take a tenth of a second of a processor. */
const COLLECTORS = ['cpu', 'loadavg', 'meminfo', 'pressure'];

/** Of this machine. @throws if it is not on the PATH. */
export function startNodeExporter(): Promise<Exporter> {
  return startExporter(
    'node_exporter',
    ['disable-defaults', ...COLLECTORS].map((name) => `--collector.${name}`),
  );
}

const LABELS = ['datname', 'schemaname', 'relname'];
const COUNTERS = ['seq_scan', 'seq_tup_read', 'idx_scan', 'idx_tup_fetch'];
const GAUGES = ['n_live_tup', 'n_dead_tup', 'n_mod_since_analyze'];

/** Debian's version tells tables only when it is given this question; later ones tell them by themselves, by the same names. */
const TABLES = {
  pg_stat_user_tables: {
    query: `SELECT current_database() AS ${[...LABELS, ...COUNTERS, ...GAUGES].join(', ')} FROM pg_stat_user_tables`,
    metrics: [
      ...LABELS.map((name) => ({ [name]: { usage: 'LABEL', description: name } })),
      ...COUNTERS.map((name) => ({ [name]: { usage: 'COUNTER', description: name } })),
      ...GAUGES.map((name) => ({ [name]: { usage: 'GAUGE', description: name } })),
    ],
  },
};

/** Of a PostgreSQL, with its tables. @throws if it is not on the PATH. */
export async function startPostgresExporter(database: string): Promise<Exporter> {
  const folder = mkdtempSync(join(tmpdir(), 'postgres-exporter-'));
  const questions = join(folder, 'questions.yml');
  // JSON is YAML, too.
  writeFileSync(questions, JSON.stringify(TABLES));
  const source = new URL(database);
  source.searchParams.set('sslmode', 'disable');
  const exporter = await startExporter('postgres_exporter', [`--extend.query-path=${questions}`], {
    DATA_SOURCE_NAME: source.href,
  });
  return {
    url: exporter.url,
    stop: async () => {
      await exporter.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

async function startExporter(
  name: string,
  flags: readonly string[],
  env: Record<string, string> = {},
): Promise<Exporter> {
  // As Debian calls it, and as its makers do.
  const debian = `prometheus-${name.replace('_', '-')}`;
  const program = [debian, name].find((each) => spawnSync(each, ['--version']).error === undefined);
  if (program === undefined) throw new Error(`these tests need ${name} on the PATH: apt-get install ${debian}`);
  const url = `http://127.0.0.1:${await freePort()}/metrics`;
  const exporter = spawn(program, [`--web.listen-address=${new URL(url).host}`, ...flags], {
    stdio: 'ignore',
    env: { ...process.env, ...env },
  });
  await untilThere(url, exporter);
  return {
    url,
    stop: async () => {
      exporter.kill('SIGKILL');
      await once(exporter, 'exit');
    },
  };
}

async function untilThere(url: string, exporter: ChildProcess): Promise<void> {
  while (!(await isThere(url))) {
    if (exporter.exitCode !== null) throw new Error(`an exporter ended with ${exporter.exitCode}`);
    await sleep(20);
  }
}

async function isThere(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
