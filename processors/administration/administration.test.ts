import { expect, test } from 'vitest';
import { arrive, errorsIn, recordEvents, requestTo, respond } from '../testing/hook-bench.ts';
import { hasAccount, hasMoreAccounts, pickAccount } from './administration.ts';

test('an administrator works on one of the accounts, and knows whether the list goes on', async () => {
  const context = arrive('Administration');
  const page = { items: [{ id: 3, role: 'lead' }], nextCursor: 'abc' };
  await pickAccount(requestTo('/admin/users'), respond(200, page), context, recordEvents());
  expect(context.vars).toMatchObject({ account: { id: '3', role: 'lead' }, nextAccounts: 'abc' });
  expect([hasAccount(context.vars), hasMoreAccounts(context.vars)]).toEqual([true, true]);
  await pickAccount(requestTo('/admin/users'), respond(200, { items: [], nextCursor: null }), context, recordEvents());
  expect([hasAccount(context.vars), hasMoreAccounts(context.vars)]).toEqual([false, false]);
});

test('a list of accounts that is none is an error', async () => {
  const events = recordEvents();
  const request = requestTo('/admin/users', { name: 'List users' });
  await pickAccount(request, respond(200, '{}'), arrive('Administration'), events);
  expect(errorsIn(events)).toEqual(['errors.List users: no list of users in the answer']);
});
