import type { Socket } from 'node:net';
import { constants } from 'node:os';
import type { Duplex, Readable } from 'node:stream';
import { getSystemErrorName } from 'node:util';
import type { Reading } from '../reading.ts';
import { type Libc, loadLibc } from './libc.ts';
import { StampedReceiver } from './stamped-receiver.ts';
import { UnreadSocket } from './unread-socket.ts';

/** Of a socket of Node's what it shows to nobody. */
interface Handle {
  readonly fd: number;
  onread: () => void;
  readStart(): number;
  readStop(): number;
  /** What is read is to be put there, and `onread` is called when it was. */
  useUserBuffer(buffer: Buffer): void;
}

/** A connection that is read here, and the stream that gets what it brings. */
interface Source extends Reading {
  readonly handle: Handle;
  readonly socket: Socket;
  readonly stream: Readable;
  lastAt: number;
  bytes: number;
  isWatched: boolean;
  hasEnded: boolean;
}

/** Where nothing fits in, libuv reads nothing, and says that something would be there (uv_read_start, UV_ENOBUFS). */
const NO_ROOM = Buffer.alloc(0);

/** Nothing was there after all. */
const TRANSIENT: readonly number[] = [constants.errno.EAGAIN, constants.errno.EINTR];

/**
 * Reads the sockets of this thread in Node's stead, and so gets to know when the kernel had what came. Node is told by
 * nobody: however long a busy generator, or one that had no processor, leaves an answer lying, that time is its own.
 */
export class StampedReader {
  readonly #receiver: StampedReceiver;
  /** Where something is. */
  #ready: Source[] = [];

  constructor(libc: Libc) {
    this.#receiver = new StampedReceiver(libc);
  }

  /**
   * From now on, what comes over the socket is read here.
   *
   * @returns undefined when this socket cannot be read so.
   */
  read(socket: Socket): Reading | undefined {
    const handle = this.#stampedHandle(socket);
    return handle && this.#feed(socket, handle, socket);
  }

  /**
   * For a protocol above, which would take the socket and read it by itself.
   *
   * @returns what it is to use in its stead, and what comes there; undefined when this socket cannot be read so.
   */
  readBelow(socket: Socket): { readonly stream: Duplex; readonly reading: Reading } | undefined {
    const handle = this.#stampedHandle(socket);
    if (handle === undefined) return undefined;
    const stream = new UnreadSocket(socket);
    return { stream, reading: this.#feed(stream, handle, socket) };
  }

  #stampedHandle(socket: Socket): Handle | undefined {
    const { _handle: handle } = socket as unknown as { readonly _handle: Handle | null };
    return handle !== null && handle.fd >= 0 && this.#receiver.stamp(handle.fd) ? handle : undefined;
  }

  #feed(stream: Readable, handle: Handle, socket: Socket): Reading {
    const source: Source = { handle, socket, stream, lastAt: 0, bytes: 0, isWatched: false, hasEnded: false };
    handle.useUserBuffer(NO_ROOM);
    handle.onread = () => this.#noteReady(source);
    const resume = (): void => this.#resume(source);
    // Node begins to read a socket only after it has said that it is connected.
    socket._read = resume;
    stream._read = resume;
    resume();
    return source;
  }

  #noteReady(source: Source): void {
    if (this.#ready.length === 0) setImmediate(this.#receiveAll);
    this.#ready.push(source);
  }

  /** All that came in one turn is read in one go: what follows from it, in undici and above, then happens in one go as well. */
  readonly #receiveAll = (): void => {
    const ready = this.#ready;
    this.#ready = [];
    this.#receiver.look();
    for (const source of ready) this.#receive(source);
  };

  #receive(source: Source): void {
    if (source.hasEnded || source.socket.destroyed) return;
    const received = this.#receiver.receive(source.handle.fd);
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
    source.handle.readStop();
  }

  #resume(source: Source): void {
    if (source.isWatched || source.hasEnded || source.socket.destroyed) return;
    source.isWatched = true;
    source.handle.readStart();
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
