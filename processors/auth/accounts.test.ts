import { describe, expect, test } from 'vitest';
import type { VUContext, VUEvents } from '../artillery-types.ts';
import { arrive, recordEvents } from '../testing/hook-bench.ts';
import { pickAdministrator, pickAnalyst, pickUser } from './accounts.ts';

async function namesOf(
  hook: (context: VUContext, events: VUEvents) => Promise<void>,
  journey: string,
  users: number,
): Promise<string[]> {
  const names: string[] = [];
  for (let user = 0; user < users; user += 1) {
    const context = arrive(journey);
    await hook(context, recordEvents());
    names.push(String(context.vars.username));
  }
  return names;
}

describe('picking accounts', () => {
  test('takes all of them in turn, so that none is used twice before each was used once', async () => {
    const names = await namesOf(pickUser, 'In turn', 8);
    expect(new Set(names.slice(0, 4))).toEqual(new Set(['ana', 'ben', 'cleo', 'dora']));
    expect(names.slice(4)).toEqual(names.slice(0, 4));
  });

  test('sets username, password and role of the same account', async () => {
    const context = arrive('One');
    await pickAdministrator(context, recordEvents());
    expect(context.vars).toMatchObject({ username: 'cleo', password: 'secret-3', role: 'admin' });
  });

  test('takes only analysts when asked to', async () => {
    expect(new Set(await namesOf(pickAnalyst, 'Analysts', 6))).toEqual(new Set(['ana', 'dora']));
  });

  test('announces the counters that rules compare with 0', async () => {
    const events = recordEvents();
    await pickUser(arrive('Counters'), events);
    expect(Object.fromEntries(events.counters)).toEqual({
      'answers.unexpected': 0,
      'edge.unexpected': 0,
      'auth.refresh_success': 0,
      'auth.refresh_failure': 0,
    });
  });

  test('says so when nobody has the role', async () => {
    const users = [{ username: 'ana', password: 'p', role: 'analyst' }];
    await expect(pickAdministrator(arrive('None', { users }), recordEvents())).rejects.toThrow(
      'the file users in config.payload has no user with role admin',
    );
  });
});
