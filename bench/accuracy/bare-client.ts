// A process of its own: as little as a client can be. It opens a socket for each request when it is due, and writes down when the
// last byte was there. What it is wrong by is what the machine does to any program on that core: awake, to one that never
// sleeps; asleep, to one that leaves the core to others until something is due or has come.
//
//   node bare-client.ts <url> <requests> <period in milliseconds> <awake or asleep>
import { connect } from 'node:net';

/** Times of `process.hrtime`, in milliseconds, by the number of the request. */
export interface BareTimes {
  readonly dueMs: readonly number[];
  readonly lastByteMs: readonly number[];
}

const HEAD_END = '\r\n\r\n';
const [url = '', requests = '0', period = '0', manner] = process.argv.slice(2);
const { hostname, port } = new URL(url);
const count = Number(requests);
const periodMs = Number(period);
const times: { dueMs: number[]; lastByteMs: number[] } = { dueMs: [], lastByteMs: [] };
const startMs = nowMs() + 200;
let begun = 0;
let ended = 0;

function nowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

function send(number: number): void {
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  let text = '';
  socket.write(`GET /?n=${number} HTTP/1.1\r\nhost: ${hostname}${HEAD_END}`);
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    if (text.length < wholeLength(text)) return;
    times.lastByteMs[number] = nowMs();
    socket.destroy();
    ended += 1;
  });
  socket.on('error', (error) => {
    throw error;
  });
}

function wholeLength(text: string): number {
  const end = text.indexOf(HEAD_END);
  if (end < 0) return Infinity;
  return end + HEAD_END.length + Number(/content-length: (\d+)/.exec(text)?.[1]);
}

function look(): void {
  while (begun < count && nowMs() >= startMs + begun * periodMs) {
    times.dueMs[begun] = startMs + begun * periodMs;
    send(begun);
    begun += 1;
  }
  if (ended === count) process.send?.({ times });
  else if (manner === 'awake') setImmediate(look);
  else setTimeout(look, 1);
}

look();
