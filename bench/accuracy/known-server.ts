// A process of its own, on a core of its own: a server whose every answer is timed by itself. It never sleeps: it looks for
// requests and for answers that are due in turn, so that both are met within microseconds. Only where answers go out at once
// does it sleep between requests, and leave the core to others.
//
// Settings: BEHAVIOUR, and STALL as JSON. Requests are `GET /…?n=<number>`. Clock: process.hrtime, in milliseconds, which is
// the same in every process of a machine.
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type Behaviour, planOfAnswer, type Stall } from './service-times.ts';

interface Pending {
  readonly dueMs: number;
  readonly request: number;
  readonly socket: Socket;
  readonly bytes: string;
  readonly isLast: boolean;
}

const PIECE = 'x'.repeat(100);
const HEAD_END = '\r\n\r\n';
const behaviour = (process.env.BEHAVIOUR ?? 'fast') as Behaviour;
const stall = JSON.parse(process.env.STALL ?? 'null') as Stall | null;
/** In the order of due. */
const pending: Pending[] = [];
const records: { numbers: number[]; receivedMs: number[]; answeredMs: number[] } = {
  numbers: [],
  receivedMs: [],
  answeredMs: [],
};
const indexOf = new Map<number, number>();
let nextStallMs = Infinity;

function nowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

function schedule(entry: Pending): void {
  let at = pending.length;
  while (at > 0 && (pending[at - 1]?.dueMs ?? 0) > entry.dueMs) at -= 1;
  pending.splice(at, 0, entry);
}

function receive(request: number, socket: Socket, receivedMs: number): void {
  if (records.numbers.length === 0 && stall !== null) nextStallMs = receivedMs + stall.firstMs;
  indexOf.set(request, records.numbers.length);
  records.numbers.push(request);
  records.receivedMs.push(receivedMs);
  records.answeredMs.push(Number.NaN);
  const times = planOfAnswer(behaviour, request);
  const pieces = Math.max(1, times.length - 1);
  const head = `HTTP/1.1 200 OK\r\ncontent-length: ${pieces * PIECE.length}\r\nconnection: keep-alive${HEAD_END}`;
  times.forEach((afterMs, index) => {
    const isHead = index === 0;
    const body = isHead && times.length > 1 ? '' : PIECE;
    const bytes = isHead ? head + body : body;
    schedule({ dueMs: receivedMs + afterMs, request, socket, bytes, isLast: index === times.length - 1 });
  });
}

function serve(socket: Socket): void {
  let text = '';
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    const receivedMs = nowMs();
    text += chunk.toString('latin1');
    for (let end = text.indexOf(HEAD_END); end >= 0; end = text.indexOf(HEAD_END)) {
      receive(Number(/n=(\d+)/.exec(text)?.[1]), socket, receivedMs);
      answerWhatIsDue();
      text = text.slice(end + HEAD_END.length);
    }
  });
}

function answerWhatIsDue(): void {
  for (let first = pending[0]; first !== undefined && first.dueMs <= nowMs(); first = pending[0]) {
    pending.shift();
    first.socket.write(first.bytes);
    // A write to a socket with room is a system call: when it returns, the bytes are on their way.
    if (first.isLast) records.answeredMs[indexOf.get(first.request) ?? -1] = nowMs();
  }
}

function standStill(untilMs: number): void {
  while (nowMs() < untilMs);
}

function look(): void {
  answerWhatIsDue();
  if (stall !== null && nowMs() >= nextStallMs) {
    standStill(nextStallMs + stall.lengthMs);
    nextStallMs += stall.everyMs;
  }
  setImmediate(look);
}

const server = createServer(serve).listen({ port: 0, host: '127.0.0.1', backlog: 8192 }, () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on('message', (message) =>
  process.send?.(message === 'records' ? { records } : { requests: records.numbers.length }),
);
process.on('disconnect', () => process.exit());
if (behaviour !== 'at once') look();
