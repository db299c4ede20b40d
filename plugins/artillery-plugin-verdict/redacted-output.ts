import { outputRedactor } from 'proving-ground/record/redact.ts';

type Write = (chunk: string | Uint8Array, ...rest: unknown[]) => boolean;

/**
 * Takes known secrets out of everything that this thread prints: Artillery, other plugins and processors print errors,
 * URLs and names of metrics, which may hold what a server or a hook said. A secret that is cut in two by two writes is
 * not seen.
 */
export function redactOutput(
  streams: readonly Pick<NodeJS.WritableStream, 'write'>[] = [process.stdout, process.stderr],
): void {
  for (const stream of streams) {
    const write = stream.write.bind(stream) as Write;
    const redacted: Write = (chunk, ...rest) => write(withoutSecrets(chunk), ...rest);
    stream.write = redacted;
  }
}

function withoutSecrets(chunk: string | Uint8Array): string | Uint8Array {
  if (typeof chunk === 'string') return outputRedactor.text(chunk);
  const text = Buffer.from(chunk).toString();
  const redacted = outputRedactor.text(text);
  // Otherwise bytes stay bytes: a chunk may end in the middle of a character.
  return redacted === text ? chunk : Buffer.from(redacted);
}
