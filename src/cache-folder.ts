import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * The cache: what is made from files of this project and can be made again at any time, for example compiled code. It lies in
 * `node_modules`, so that a new installation begins without it.
 *
 * @throws Error where Artillery is not installed.
 */
export function cacheFolder(): string {
  const artillery = createRequire(import.meta.url).resolve('artillery/package.json');
  return join(artillery, '../../.cache/proving-ground');
}
