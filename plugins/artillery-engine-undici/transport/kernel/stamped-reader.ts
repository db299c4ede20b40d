import type { Socket } from 'node:net';
import { constants } from 'node:os';
import type { Duplex, Readable } from 'node:stream';
import { getSystemErrorName } from 'node:util';
import type { Reading } from '../reading.ts';
import { type Libc, loadLibc, type Watch } from './libc.ts';
import { ReadySet } from './ready-set.ts';
import { StampedReceiver } from './stamped-receiver.ts';
import { UnreadSocket } from './unread-socket.ts';

/** Of a socket of Node's what it shows to nobody: the descriptor, and how to stop Node reading it. */
interface Handle {
  readonly fd: number;
  readStop(): void;
}

/** A connection that is read here, and the stream that gets what it brings. */
interface Source extends Reading {
  readonly fd: number;
  readonly socket: Socket;
  readonly stream: Readable;
  lastAt: number;
  bytes: number;
  isWatched: boolean;
  hasEnded: boolean;
}

/** Nothing was there after all. */
const TRANSIENT: readonly number[] = [constants.errno.EAGAIN, constants.errno.EINTR];

/**
 * Reads the sockets of this thread in Node's stead, and so gets to know when the kernel had what came. Node is told by
 * nobody: however long a busy generator, or one that had no processor, leaves an answer lying, that time is its own.
 */
export class StampedReader {
  readonly #receiver: StampedReceiver;
  readonly #ready: ReadySet;
  readonly #watch: Watch;
  readonly #sources = new Map<number, Source>();
  #isReading = false;

  constructor(libc: Libc) {
    this.#receiver = new StampedReceiver(libc);
    this.#ready = new ReadySet(libc);
    this.#watch = libc.onReadable(this.#ready.fd, () => {
      // What is called from outside of JavaScript has no turn of its own, in which promises and ticks would be worked off.
      if (!this.#isReading) setImmediate(this.#readAll);
      this.#isReading = true;
    });
    this.#watch.unref();
  }

  /**
   * From now on, what comes over the socket is pushed to the stream, which may be the socket itself.
   *
   * @returns undefined when this socket cannot be read so.
   */
  read(socket: Socket, stream: Readable): Reading | undefined {
    const handle = (socket as unknown as { readonly _handle: Handle | null })._handle;
    if (handle === null || !(handle.fd >= 0) || !this.#receiver.stamp(handle.fd)) return undefined;
    handle.readStop();
    const { fd } = handle;
    const source: Source = { fd, socket, stream, lastAt: 0, bytes: 0, isWatched: false, hasEnded: false };
    if (this.#sources.size === 0) this.#watch.ref();
    this.#sources.set(fd, source);
    socket.once('close', () => this.#forget(source));
    const resume = (): void => this.#resume(source);
    // Node begins to read a socket only after it has said that it is connected.
    socket._read = resume;
    stream._read = resume;
    resume();
    return source;
  }

  /**
   * For a protocol above, which would take the socket and read it by itself.
   *
   * @returns what it is to use in its stead, and what comes there; undefined when this socket cannot be read so.
   */
  readBelow(socket: Socket): { readonly stream: Duplex; readonly reading: Reading } | undefined {
    const stream = new UnreadSocket(socket);
    const reading = this.read(socket, stream);
    return reading && { stream, reading };
  }

  readonly #readAll = (): void => {
    this.#isReading = false;
    const count = this.#ready.look();
    this.#receiver.clock.look();
    for (let index = 0; index < count; index++) {
      const source = this.#sources.get(this.#ready.at(index));
      // What was read before may have closed this one, and its descriptor be another's already.
      if (source?.isWatched === true && !source.socket.destroyed) this.#readOne(source);
    }
  };

  #readOne(source: Source): void {
    const received = this.#receiver.receive(source.fd);
    if (typeof received === 'number') this.#fail(source, received);
    else if (received.length === 0) this.#end(source);
    else {
      source.lastAt = this.#receiver.arrivedAt;
      source.bytes += received.length;
      if (!source.stream.push(received)) this.#pause(source);
    }
  }

  #end(source: Source): void {
    source.hasEnded = true;
    this.#pause(source);
    source.stream.push(null);
    // Who reads nothing would not get to know of the end.
    source.stream.read(0);
  }

  #fail(source: Source, errno: number): void {
    if (TRANSIENT.includes(errno)) return;
    source.hasEnded = true;
    this.#pause(source);
    const code = getSystemErrorName(-errno);
    source.socket.destroy(Object.assign(new Error(`read ${code}`), { errno: -errno, code, syscall: 'read' }));
  }

  #pause(source: Source): void {
    source.isWatched = false;
    this.#ready.remove(source.fd);
  }

  #resume(source: Source): void {
    if (source.isWatched || source.hasEnded || source.socket.destroyed) return;
    source.isWatched = true;
    this.#ready.add(source.fd);
  }

  #forget(source: Source): void {
    source.hasEnded = true;
    if (this.#sources.get(source.fd) === source) this.#sources.delete(source.fd);
    if (this.#sources.size === 0) this.#watch.unref();
  }
}

let reader: StampedReader | undefined;
let isLoaded = false;

/** @returns the one of this thread; undefined where there can be none. */
export function stampedReader(): StampedReader | undefined {
  if (!isLoaded) {
    isLoaded = true;
    const libc = loadLibc();
    reader = libc && new StampedReader(libc);
  }
  return reader;
}
