import { type Address, isLoopback, targetFor } from './address.ts';
import type { Target, TargetList } from './target-list.ts';

/** Whether an address may be loaded, and if not, why not and what to do. */
export type TargetDecision =
  | { readonly allowed: true; readonly target: Target | undefined }
  | { readonly allowed: false; readonly reason: string; readonly hint: string };

/** Decides which addresses may be loaded. */
export type TargetPolicy = (address: Address) => TargetDecision;

/**
 * Only this machine and the listed hosts may be loaded; a production host only by somebody who names it.
 *
 * @param confirmed what CONFIRM_PRODUCTION holds: the name of one host.
 */
export function createTargetPolicy({ file, targets }: TargetList, confirmed: string | undefined): TargetPolicy {
  return (address) => {
    if (isLoopback(address)) return { allowed: true, target: undefined };
    const target = targetFor(address, targets);
    if (target === undefined) {
      return {
        allowed: false,
        reason: `${address.host} may not be loaded: it is not this machine and not listed in ${file}`,
        hint: `If you may load it, add it to ${file}: name, address, production.`,
      };
    }
    if (target.production && confirmed !== address.host) {
      return {
        allowed: false,
        reason: `${address.host} is production (${target.name} in ${file})`,
        hint: `To load it all the same, name it: CONFIRM_PRODUCTION=${address.host} npx artillery run …`,
      };
    }
    return { allowed: true, target };
  };
}
