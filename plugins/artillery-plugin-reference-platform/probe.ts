import { z } from 'zod';

const SERVICE = 'proving-ground-reference-platform';
const TIMEOUT_MS = 2_000;

const healthShape = z.object({
  service: z.literal(SERVICE),
  pid: z.int(),
  // An older platform does not tell them.
  settings: z.record(z.string(), z.string()).exactOptional(),
});
const readyShape = z.object({ status: z.literal('ready'), documents: z.int() });
const startingShape = z.object({ status: z.literal('starting'), step: z.string(), percent: z.number() });

/** What a platform says that it was told, by the names of its variables. */
export type PublishedSettings = Readonly<Record<string, string>>;

/** Who answers at an address: nobody, the platform, or something else, with what it said in words. */
export type Occupant =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'platform'; readonly pid: number; readonly settings?: PublishedSettings }
  | { readonly kind: 'other'; readonly what: string };

/** What the platform says of its start. `silent`: no answer that can be understood. */
export type StartState =
  | { readonly kind: 'ready'; readonly documents: number }
  | { readonly kind: 'starting'; readonly step: string; readonly percent: number }
  | { readonly kind: 'silent' };

/** Asks `GET /health` once; takes at most two seconds. */
export async function findOccupant(origin: string): Promise<Occupant> {
  try {
    const { response, body } = await get(`${origin}/health`);
    const health = healthShape.safeParse(body);
    if (!health.success) return { kind: 'other', what: describe(response) };
    const { service: _service, ...told } = health.data;
    return { kind: 'platform', ...told };
  } catch (error) {
    return occupantBehind(error);
  }
}

/** Asks `GET /ready` once; takes at most two seconds. */
export async function readStartState(origin: string): Promise<StartState> {
  try {
    const { body } = await get(`${origin}/ready`);
    const ready = readyShape.safeParse(body);
    if (ready.success) return { kind: 'ready', documents: ready.data.documents };
    const starting = startingShape.safeParse(body);
    return starting.success ? { kind: 'starting', ...pick(starting.data) } : { kind: 'silent' };
  } catch {
    return { kind: 'silent' };
  }
}

async function get(url: string): Promise<{ response: Response; body: unknown }> {
  const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
  const text = await response.text();
  return { response, body: parseJson(text) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function pick({ step, percent }: { step: string; percent: number }): { step: string; percent: number } {
  return { step, percent };
}

function describe({ status, headers }: Response): string {
  const server = headers.get('server') ?? headers.get('x-powered-by');
  return `GET /health got HTTP status ${status}${server === null ? '' : ` from ${server}`}`;
}

/** A refused connection means that the address is free; every other failure means that something took the connection. */
function occupantBehind(error: unknown): Occupant {
  const { name, cause } = error as { name?: unknown; cause?: { code?: unknown } };
  if (name === 'TimeoutError')
    return { kind: 'other', what: `it gave no answer to GET /health in ${TIMEOUT_MS / 1000} s` };
  const code = String(cause?.code ?? name);
  return code === 'ECONNREFUSED' || code === 'EADDRNOTAVAIL'
    ? { kind: 'nobody' }
    : { kind: 'other', what: `it does not speak HTTP (${code})` };
}
