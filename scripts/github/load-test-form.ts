import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserFault } from '../../src/errors.ts';
import type { Scale } from '../../src/workload/scale-phases.ts';
import { addressOf, targetFor } from '../../src/workload/targets/address.ts';
import type { Target } from '../../src/workload/targets/target-list.ts';

/** The choice that loads the platform which the runner itself starts. */
export const ON_THE_RUNNER = 'Reference platform on the runner';

/** What somebody filled in, checked as far as that goes without the test. */
export interface LoadTestForm extends Scale {
  /** The file of the test. */
  readonly test: string;
  /** undefined: what the test says. */
  readonly target: string | undefined;
}

const MOST_MINUTES = 60;
const MOST_PER_SEC = 10_000;

/** The tests of a folder: its YAML files but the list of targets. */
export function testsIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /^[\w.-]+\.ya?ml$/.test(name) && !/^targets\.|\.dispatch\./.test(name))
    .sort();
}

/**
 * Reads the form from `FORM_<FIELD>` of the environment.
 *
 * @throws UserFault `option-value`, `target-not-allowed`, in words for somebody who does not program.
 */
export function readLoadTestForm(env: NodeJS.ProcessEnv, folder: string, targets: readonly Target[]): LoadTestForm {
  const field = (name: string): string => (env[`FORM_${name}`] ?? '').trim();
  const minutes = numberField('Duration', field('MINUTES'), 1 / 60, MOST_MINUTES);
  const peakPerSec = numberField('Peak rate', field('PEAK'), 1, MOST_PER_SEC);
  if (peakPerSec !== undefined && !Number.isInteger(peakPerSec))
    throw refused('Peak rate', field('PEAK'), 'whole numbers');
  return {
    test: join(folder, choice('Test', field('TEST'), testsIn(folder))),
    target: targetOf(field('ENVIRONMENT'), field('ADDRESS'), targets),
    durationSec: minutes === undefined ? undefined : Math.max(1, Math.round(minutes * 60)),
    peakPerSec,
  };
}

function targetOf(environment: string, address: string, targets: readonly Target[]): string | undefined {
  const name = choice('Environment', environment, [ON_THE_RUNNER, ...targets.map((target) => target.name)]);
  const target = targets.find((each) => each.name === name);
  if (target === undefined) {
    if (address === '') return undefined;
    throw refused('Address', address, `nothing, since ${ON_THE_RUNNER} has an address of its own`);
  }
  if (target.production) {
    throw new UserFault('target-not-allowed', `Environment: ${name} is production, which is never loaded from a form`, {
      hint: 'Whoever may load it starts the test on a machine of their own; docs/targets.md says how.',
    });
  }
  return addressWithin(target, address);
}

function addressWithin(target: Target, address: string): string {
  const isPattern = target.address.includes('*');
  if (address === '' && !isPattern) return `https://${target.address}`;
  const found = addressOf(address);
  const isWeb = /^https?:\/\//i.test(address) && found !== undefined;
  if (isWeb && targetFor(found, [target]) !== undefined) return new URL(address).origin;
  const example = `https://${target.address.replaceAll('*', 'something')}`;
  throw refused('Address', address, `addresses of ${target.name}, such as ${example}`);
}

function numberField(name: string, text: string, least: number, most: number): number | undefined {
  if (text === '') return undefined;
  const value = Number(text);
  if (/^\d+(?:\.\d+)?$/.test(text) && value >= least && value <= most) return value;
  throw refused(
    name,
    text,
    `numbers up to ${most}${least === 1 ? ', from 1' : ', above 0'}; empty means as the test says`,
  );
}

function choice(name: string, found: string, allowed: readonly string[]): string {
  if (allowed.includes(found)) return found;
  throw refused(name, found, allowed.join(', '));
}

function refused(name: string, found: string, allowed: string): UserFault {
  return new UserFault(
    'option-value',
    `${name} is ${found === '' ? 'empty' : JSON.stringify(found)}; allowed: ${allowed}`,
  );
}
