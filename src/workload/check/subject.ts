import { METHODS } from '../schema/steps.ts';
import type { YamlPath } from '../test-file.ts';
import type { Cursor } from './cursor.ts';
import { valueIn } from './value-in.ts';

/** Lists whose items have names, and what an item is called. */
const NAMED_LISTS: Readonly<Record<string, string>> = { phases: 'phase', scenarios: 'scenario' };

/** Steps whose value is a request, which may have a name. */
const REQUESTS: readonly string[] = METHODS;

/**
 * What a message is about, as a reader would say it: `phase "Incident burst": `, `request "Search": `. Empty where the
 * line itself says enough.
 */
export function subjectOf({ source, path }: Pick<Cursor, 'source' | 'path'>): string {
  for (let length = path.length; length > 0; length -= 1) {
    const label = labelOf(source.content, path.slice(0, length));
    if (label !== undefined) return `${label}: `;
  }
  return '';
}

function labelOf(content: unknown, path: YamlPath): string | undefined {
  const [list, last] = path.slice(-2);
  const name = nameIn(valueIn(content, path));
  if (typeof last === 'string' && REQUESTS.includes(last)) return name === undefined ? undefined : `request "${name}"`;
  const kind = typeof list === 'string' && typeof last === 'number' ? NAMED_LISTS[list] : undefined;
  if (kind === undefined) return undefined;
  return name === undefined ? `${kind} ${Number(last) + 1}` : `${kind} "${name}"`;
}

function nameIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('name' in value)) return undefined;
  return typeof value.name === 'string' ? value.name : undefined;
}
