import { describeFault } from 'proving-ground/errors.ts';

/** Does something without which the run is as good: a fault in it is said, with what follows from it. */
export function orSay(consequence: string, work: () => void): void {
  try {
    work();
  } catch (thrown) {
    console.error(describeFault(thrown, process.env.DEBUG_STACK !== undefined));
    console.error(consequence);
  }
}
