import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../../src/cli/system/free-port.ts';

/** Prometheus's exporter of this machine, on a free port. */
export interface NodeExporter {
  /** Of its metrics. */
  readonly url: string;
  stop(): Promise<void>;
}

/** As Debian calls it, and as its makers do. */
const PROGRAMS = ['prometheus-node-exporter', 'node_exporter'];

/** Collectors of which each look is cheap; all of them take a tenth of a second of a processor. */
const COLLECTORS = ['cpu', 'loadavg', 'meminfo', 'pressure'];

/** @throws if it is not on the PATH. */
export async function startNodeExporter(): Promise<NodeExporter> {
  const program = PROGRAMS.find((name) => spawnSync(name, ['--version']).error === undefined);
  if (program === undefined) {
    throw new Error('these tests need node_exporter on the PATH: apt-get install prometheus-node-exporter');
  }
  const url = `http://127.0.0.1:${await freePort()}/metrics`;
  const collectors = ['disable-defaults', ...COLLECTORS].map((name) => `--collector.${name}`);
  const exporter = spawn(program, [`--web.listen-address=${new URL(url).host}`, ...collectors], { stdio: 'ignore' });
  while (!(await isThere(url))) await sleep(20);
  return {
    url,
    stop: async () => {
      exporter.kill('SIGKILL');
      await once(exporter, 'exit');
    },
  };
}

async function isThere(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
