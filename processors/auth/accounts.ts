import type { VUContext, VUEvents } from '../artillery-types.ts';
import { createCsvReader, textOf } from '../csv-rows.ts';
import { announceCounters } from '../metrics.ts';
import { shuffled } from '../random/distributions.ts';
import { journeyOf, streamOfJourney, userOf } from '../virtual-user.ts';

interface Account {
  readonly username: string;
  readonly password: string;
  readonly role: string;
}

const accountsOf = createCsvReader(
  'users',
  (row): Account | undefined => {
    const [username, password, role] = [textOf(row, 'username'), textOf(row, 'password'), textOf(row, 'role')];
    return username === undefined || password === undefined || role === undefined
      ? undefined
      : { username, password, role };
  },
  (accounts) => ({ accounts, orders: new Map<string, readonly Account[]>() }),
);

/**
 * For `beforeScenario`: gives the user one of the accounts of the file `users`, as the variables `username`, `password` and
 * `role`. A journey takes the accounts in turn, in an order drawn from the seed: drawing each time anew would now and
 * then run into the limit of sign-ins per account.
 */
export async function pickUser(context: VUContext, events: VUEvents): Promise<void> {
  takeAccount(context, events, undefined);
}

/** As `pickUser`, but analysts only. */
export async function pickAnalyst(context: VUContext, events: VUEvents): Promise<void> {
  takeAccount(context, events, 'analyst');
}

/** As `pickUser`, but administrators only. */
export async function pickAdministrator(context: VUContext, events: VUEvents): Promise<void> {
  takeAccount(context, events, 'admin');
}

function takeAccount(context: VUContext, events: VUEvents, role: string | undefined): void {
  announceCounters(events);
  const order = orderOf(context, role);
  const account = order[userOf(context).index % order.length];
  if (account === undefined) throw new Error(`the file users in config.payload has no user with role ${role}`);
  Object.assign(context.vars, account);
}

function orderOf(context: VUContext, role: string | undefined): readonly Account[] {
  const { accounts, orders } = accountsOf(context);
  const key = `${journeyOf(context)}/${role}`;
  const known = orders.get(key);
  if (known !== undefined) return known;
  const wanted = accounts.filter((account) => role === undefined || account.role === role);
  const order = shuffled(streamOfJourney(context, 'accounts'), wanted);
  orders.set(key, order);
  return order;
}
