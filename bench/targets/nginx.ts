import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from 'proving-ground/cli/system/free-port.ts';
import { isInstalled, pinned } from '../measure/cores.ts';
import { startSession } from '../measure/session.ts';
import { ANSWERS, type Target } from './target.ts';

/** True when nginx can be the target. */
export function hasNginx(): boolean {
  return isInstalled('nginx');
}

/** Starts nginx with one process, on a free port, with a configuration of its own. */
export async function startNginx(core: number | undefined): Promise<Target> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-nginx-'));
  const port = await freePort();
  mkdirSync(join(folder, 'logs'));
  writeFileSync(join(folder, 'nginx.conf'), configuration(folder, port));
  const argv = ['nginx', '-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')];
  const session = startSession(pinned(argv, core), { cwd: folder, logFile: join(folder, 'output.log') });
  const url = `http://127.0.0.1:${port}`;
  let questions = 0;
  const requestCount = async (): Promise<number> => {
    const status = await (await fetch(`${url}/bench-status`)).text();
    questions += 1;
    // "Active connections: 1\nserver accepts handled requests\n 12 12 345\n…"
    return Number(/requests\s+\d+ \d+ (\d+)/.exec(status)?.[1]) - questions;
  };
  await answers(url, () => (session.isRunning() ? undefined : session.output()));
  return {
    name: 'nginx',
    url,
    requestCount,
    stop: async () => {
      await session.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configuration(folder: string, port: number): string {
  const locations = Object.entries(ANSWERS).map(
    ([path, body]) => `location = ${path} { default_type application/json; return 200 '${body}'; }`,
  );
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(folder, name)};`,
  );
  return `daemon off; master_process off; pid ${join(folder, 'nginx.pid')};
worker_rlimit_nofile 20000;
events { worker_connections 16384; }
http {
  access_log off;
  ${temporary.join(' ')}
  keepalive_timeout 600s;
  keepalive_requests 1000000000;
  server {
    listen 127.0.0.1:${port} backlog=4096;
    ${locations.join('\n    ')}
    location = /bench-status { stub_status; }
  }
}
`;
}

async function answers(url: string, failure: () => string | undefined): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const output = failure();
    if (output !== undefined) throw new Error(`nginx ended before it was ready:\n${output}`);
    try {
      await (await fetch(url)).text();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error('nginx did not answer within 5 s');
}
