import { expect, test } from 'vitest';
import { checkText, shortForm, testWith } from '../testing/check-text.ts';

const USERS = 'username,password\nann,ladder\n';

function found(payload: string, csv = USERS): string[] {
  const config = `payload:\n  - path: users.csv\n${payload.replace(/^(?=.)/gm, '    ')}`;
  return shortForm(checkText(testWith({ config }), { 'users.csv': csv }));
}

test.each([
  ['fields: [username, password]\nskipHeader: true', USERS, []],
  ['fields: [username]\nskipHeader: true', USERS, []],
  ['fields: [login, secret]\nskipHeader: true', USERS, []],
  ['fields: [username, password, role]\nskipHeader: true', USERS, ['csv-column@8']],
  ['fields: [password, username]\nskipHeader: true', USERS, ['csv-column@8', 'csv-column@8']],
  ['fields: [password]\nskipHeader: true', USERS, ['csv-column@8']],
  ['fields: [username, password]', USERS, ['csv-header-as-data@7']],
  ['fields: [username, password]', 'ann,ladder\n', []],
  ['fields: [username, password]\nskipHeader: true', 'username,password\n', ['csv-empty@7']],
  ['fields: [username]', '', ['csv-empty@7']],
  ['fields: [a, b]\ndelimiter: ;', 'x;y\n', []],
  ['fields: [a, b]', 'x;y\n', ['csv-column@8']],
  ['fields: [a, b]', '"x, with comma",y\n', []],
  ['fields: [username, password, role]\noptions:\n  columns: true', USERS, []],
  ['loadAll: true\nname: users', USERS, []],
  ['loadAll: true', USERS, ['missing-key@7']],
  ['loadAll: true\nname: users\norder: sequence', USERS, ['impossible-value@10']],
  ['skipHeader: true', USERS, ['missing-key@7']],
  ['fields: [username]\norder: sequential\nskipHeader: true', USERS, ['impossible-value@9']],
])('%j', (payload, csv, expected) => {
  expect(found(payload, csv)).toEqual(expected);
});

test('only the beginning of a large file is read, and its last row is not counted on', () => {
  const csv = `username,password\n${'ann,ladder\n'.repeat(20_000)}`;
  expect(found('fields: [username, password]\nskipHeader: true', csv)).toEqual([]);
});

test('a path that depends on the environment is looked at for each of them', () => {
  const config =
    'payload:\n  path: "users-{{ $environment }}.csv"\n  fields: [username]\nenvironments:\n  a: {}\n  b: {}';
  const findings = checkText(testWith({ config }), { 'users-a.csv': 'ann\n' });
  expect(shortForm(findings)).toEqual(['csv-missing@7 → users-a.csv']);
});
