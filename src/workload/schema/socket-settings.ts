import { z } from 'zod';
import { anyMap, headers, seconds } from './scalars.ts';
import { oneOf, openSection } from './wording.ts';

/** `config.ws`, and the long form of a `connect` step: the rest goes to the ws client. */
export const webSocketOptions = {
  subprotocols: z.array(z.string()).describe('WebSocket subprotocols, for example json').optional(),
  headers: headers.describe('Headers of the request that opens the connection').optional(),
  proxy: openSection('a proxy', { url: z.string().describe('Address of the proxy') })
    .describe('Proxy through which to connect')
    .optional(),
  timeout: seconds.describe('How long to wait for a message, in seconds (default: 10)').optional(),
  handshakeTimeout: z.number().describe('How long the handshake may take, in milliseconds').optional(),
  maxPayload: z.number().describe('Largest message that is accepted, in bytes').optional(),
  maxRedirects: z.number().describe('How many redirects to follow').optional(),
  followRedirects: z.boolean().describe('Whether to follow redirects').optional(),
  origin: z.string().describe('Value of the Origin header').optional(),
  perMessageDeflate: z.unknown().describe('Whether and how to compress messages').optional(),
};

/** `config.ws`. */
export const webSocketSettings = openSection('config.ws', webSocketOptions);

/** `config.socketio`, and `socketio` of a scenario: options of the Socket.IO client. */
export const socketIoSettings = openSection('options of Socket.IO', {
  query: oneOf('a text or a map', [z.string(), anyMap]).describe('Query parameters of the connection').optional(),
  path: z.string().describe('Path of the Socket.IO server (default: /socket.io)').optional(),
  extraHeaders: headers.describe('Headers of the connection; only the polling transport sends them').optional(),
  transports: z.array(z.string()).describe('Transports to try, in this order; [websocket] skips polling').optional(),
  auth: anyMap.describe('What the client authenticates with').optional(),
  reconnection: z.boolean().describe('Whether to connect again after a disconnection').optional(),
  reconnectionAttempts: z.number().describe('How often to try again').optional(),
  reconnectionDelay: z.number().describe('Wait before the first new attempt, in milliseconds').optional(),
  timeout: z.number().describe('How long connecting may take, in milliseconds').optional(),
  forceNew: z.boolean().describe('Whether every user opens a connection of its own').optional(),
}).meta({ id: 'socketIo', description: 'Options of the Socket.IO client' });
