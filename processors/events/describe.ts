import { faker } from '@faker-js/faker/locale/en';
import type { Random } from 'proving-ground/stats/random.ts';
import type { EventKind } from './event.ts';

/** Words for events: what a person would find in a log. */
export interface Describer {
  host(): string;
  username(): string;
  address(): string;
  message(kind: EventKind): string;
}

const SITES = ['fra', 'ams', 'par', 'zrh', 'waw', 'sto', 'nyc', 'chi'];
const ROLES = ['ws', 'web', 'db', 'mail', 'dc', 'file', 'vpn', 'build'];
const HOSTS_PER_ROLE = 400;

/**
 * Describes events with faker. One instance of faker serves all users: seeding it takes far less than making one, and as
 * long as a batch is made in one go, nobody else can draw from it in between.
 *
 * @param random seeds faker; use the describer at once, and not again after an `await`.
 */
export function createDescriber(random: Random): Describer {
  faker.seed(random.integer(0, 2 ** 31 - 1));
  return {
    host: () =>
      `${random.pick(ROLES)}-${random.pick(SITES)}-${String(random.integer(1, HOSTS_PER_ROLE)).padStart(3, '0')}`,
    username: () => faker.internet.username().toLowerCase(),
    address: () => faker.internet.ipv4({ network: 'private-a' }),
    message: (kind) => MESSAGES[kind](),
  };
}

// Braces in pairs would be taken for variables by Artillery; none of these texts has any.
const MESSAGES: Readonly<Record<EventKind, () => string>> = {
  'auth.failure': () => `Failed password for ${faker.internet.username()} from ${faker.internet.ipv4()} port ${port()}`,
  'auth.success': () =>
    `Accepted publickey for ${faker.internet.username()} from ${faker.internet.ipv4()} port ${port()}`,
  'network.connection': () => `Connection to ${faker.internet.ipv4()}:${port()}, ${bytes()} out, ${bytes()} in`,
  'dns.query': () => `Query A ${faker.internet.domainName()} answered ${faker.internet.ipv4()}`,
  'process.start': () =>
    `Started ${faker.system.filePath()} by ${faker.internet.username()}, sha256 ${faker.git.commitSha()}`,
  'malware.detected': () => `Blocked ${faker.system.fileName()}: ${faker.hacker.phrase()}`,
  'file.change': () =>
    `Changed ${faker.system.filePath()}, mode ${faker.helpers.arrayElement(['0644', '0755', '0600'])}`,
};

function port(): number {
  return faker.internet.port();
}

function bytes(): string {
  return `${faker.number.int({ min: 60, max: 900_000 })} bytes`;
}
