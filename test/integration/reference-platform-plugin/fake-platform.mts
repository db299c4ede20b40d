// Stands in for the reference platform: the same answers about itself, the same ways to stop, and faults on demand.
//   FAKE_START_MS     how long it says that it is starting
//   FAKE_END          ends while it starts: writes this line to standard error and exits with FAKE_END_CODE
//   FAKE_DEAF         ignores SIGTERM and the end of its standard input
//   FAKE_STOP_MS      how long stopping takes
//   FAKE_SETTINGS     what it tells of its settings, as JSON; nothing unless given
// GET /crash makes it write a line and kill itself; GET /count tells how many other requests it has had.
import { createServer } from 'node:http';

const { HOST, PORT, PLATFORM_PARENT, FAKE_START_MS, FAKE_END, FAKE_END_CODE, FAKE_DEAF, FAKE_STOP_MS } = process.env;
const { FAKE_SETTINGS } = process.env;
const told = FAKE_SETTINGS === undefined ? {} : { settings: JSON.parse(FAKE_SETTINGS) };
const readyAt = performance.now() + Number(FAKE_START_MS ?? 0);
let count = 0;

const server = createServer((request, response) => {
  const answer = (status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  if (request.url === '/health') {
    const service = 'proving-ground-reference-platform';
    answer(200, { service, version: '0', pid: process.pid, uptimeSeconds: 1, ...told });
  } else if (request.url === '/ready') {
    if (performance.now() >= readyAt) answer(200, { status: 'ready', documents: 2000 });
    else answer(503, { status: 'starting', step: 'pretend', percent: 50 });
  } else if (request.url === '/count') answer(200, { count, cacheSeconds: process.env.CACHE_SECONDS ?? null });
  else if (request.url === '/crash') {
    answer(200, {});
    crash();
  } else {
    count += 1;
    answer(200, {});
  }
});

function crash(): void {
  process.stderr.write('fake platform: out of luck\n');
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), 100);
}

function stop(): void {
  if (FAKE_DEAF === undefined) setTimeout(() => process.exit(0), Number(FAKE_STOP_MS ?? 0));
}

process.on('SIGTERM', stop);
process.on('SIGINT', stop);
if (PLATFORM_PARENT === 'stdin') process.stdin.on('end', stop).resume();

if (FAKE_END !== undefined) {
  process.stderr.write(`${FAKE_END}\n`);
  process.exit(Number(FAKE_END_CODE ?? 1));
}
process.stderr.write(`fake platform: process ${process.pid}\n`);
server.on('error', (error: NodeJS.ErrnoException) => {
  process.stderr.write(`fake platform: ${error.code}\n`);
  process.exit(1);
});
server.listen(Number(PORT), HOST);
