import { type Cursor, isPresent, textAt } from '../cursor.ts';
import { atKey, atValue, type Finding } from '../finding.ts';
import { allSteps, type Journey } from '../journey.ts';
import { quoteValue } from '../quote.ts';
import { requestOf } from '../request-of.ts';
import type { ConfigView, TestModel } from '../test-model.ts';

/** Whether the test has an address to send requests to, in each way it may run. */
export function checkTarget({ root, views, journeys, options }: TestModel): Finding[] {
  if (options.target !== undefined || options.isOverridden === true) return [];
  const relative = journeys.some(usesTarget);
  return views.flatMap((view) => viewFaults(view, root, relative));
}

function viewFaults({ environment, config }: ConfigView, root: Cursor, usesPaths: boolean): Finding[] {
  const target = config.at('target');
  if (!isPresent(target)) {
    const where = environment === undefined ? root.at('config') : root.at('config', 'environments', environment);
    const message = environment === undefined ? 'target is missing' : `environment "${environment}" has no target`;
    return [atKey('missing-target', where, { message })];
  }
  const address = textAt(target);
  if (!usesPaths || address === undefined || address.includes('{{') || isAddress(address)) return [];
  const message = `target is ${quoteValue(address)}; it must begin with http:// or https://`;
  const suggestion = /^[\w.-]+(:\d+)?(\/|$)/.test(address) ? `http://${address}` : undefined;
  return [atValue('target-address', target, { message, ...(suggestion && { suggestion }) })];
}

/** Artillery puts the target before every URL that begins with a slash, and wants the result to begin with http. */
function isAddress(address: string): boolean {
  return /^https?:\/\//.test(address) && URL.canParse(address);
}

function usesTarget({ dialect, steps }: Journey): boolean {
  const urls = allSteps(steps).flatMap((step) => textAt(requestOf(step)?.at('url') ?? step.cursor) ?? []);
  return dialect === 'http' && urls.some((url) => url.startsWith('/'));
}
