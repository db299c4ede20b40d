import type { Socket } from 'node:net';

/** What has been read from a connection. */
export interface Reading {
  /** When its last byte had come, milliseconds by `performance.now()`; 0: nothing has. */
  readonly lastAt: number;
  /** Of them all; of TLS what was in it. */
  readonly bytes: number;
}

/** Where the kernel's stamps are not to be had: Node hands what it has read to `push`, and nothing can be known sooner. */
export class ReadByNode implements Reading {
  lastAt = 0;

  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
    const { push } = socket;
    socket.push = (chunk: unknown, encoding?: BufferEncoding) => {
      this.lastAt = performance.now();
      return push.call(socket, chunk, encoding);
    };
  }

  get bytes(): number {
    return this.#socket.bytesRead;
  }
}

/** TLS over a stream of stamped pieces: an answer came when the last piece that it was in did. */
export class ReadBelowTls implements Reading {
  readonly #below: Reading;
  readonly #socket: Socket;

  constructor(below: Reading, socket: Socket) {
    this.#below = below;
    this.#socket = socket;
  }

  get lastAt(): number {
    return this.#below.lastAt;
  }

  get bytes(): number {
    return this.#socket.bytesRead;
  }
}
