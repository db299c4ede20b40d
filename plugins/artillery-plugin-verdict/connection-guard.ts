import { Socket } from 'node:net';
import type { TargetPolicy } from 'proving-ground/workload/index.ts';

/**
 * Lets the sockets of this thread connect only to where load may go. Every way out of a worker ends here: requests of
 * Artillery, of hooks and of processors, and redirects that they follow.
 *
 * @param onRefused is told the reason each time.
 * @param isGuarded whether a connection that is made now is under guard; by default all are.
 */
export function guardConnections(
  policy: TargetPolicy,
  onRefused: (reason: string, hint: string) => void,
  isGuarded: () => boolean = () => true,
): void {
  const connect = Socket.prototype.connect;
  Socket.prototype.connect = function guarded(this: Socket, ...parameters: unknown[]): Socket {
    const address = addressIn(parameters);
    const decision = address === undefined || !isGuarded() ? undefined : policy(address);
    if (decision?.allowed === false) {
      onRefused(decision.reason, decision.hint);
      // As a connection that fails: whoever asked gets an error in the way it expects.
      const error = Object.assign(new Error(decision.reason), { code: 'ERR_TARGET_NOT_ALLOWED' });
      process.nextTick(() => this.destroy(error));
      return this;
    }
    return Reflect.apply(connect, this, parameters) as Socket;
  };
}

/** Node normalises connect's arguments to `[options, callback]` inside an array before it calls the method itself. */
function addressIn(parameters: readonly unknown[]): { host: string; port: number } | undefined {
  const [first, second] = parameters;
  const options: unknown = Array.isArray(first) ? first[0] : first;
  if (typeof options === 'number') return { host: typeof second === 'string' ? second : 'localhost', port: options };
  if (
    typeof options !== 'object' ||
    options === null ||
    ('path' in options && typeof options.path === 'string' && !('port' in options))
  ) {
    return undefined;
  }
  const host = 'host' in options && typeof options.host === 'string' ? options.host : 'localhost';
  return { host, port: Number('port' in options ? options.port : 0) };
}
