import { spawnSync } from 'node:child_process';

/** Programs that tests start, and the Debian package that brings each. */
const PROGRAMS: readonly (readonly [program: string, debianPackage: string])[] = [
  ['redis-server', 'redis-server'],
  ['chromium', 'chromium'],
  ['prometheus-node-exporter', 'prometheus-node-exporter'],
  ['prometheus-postgres-exporter', 'prometheus-postgres-exporter'],
];

/**
 * Makes sure that the programs which tests start are there: those that are missing are installed where that is possible
 * without asking (root on Debian or Ubuntu), and named with the command to install them where it is not.
 *
 * @returns whether all of them are there.
 */
export function installSystemPackages(): boolean {
  const missing = PROGRAMS.filter(([program]) => !isThere(program)).map(([, debianPackage]) => debianPackage);
  if (missing.length === 0) {
    console.log(`there: ${PROGRAMS.map(([program]) => program).join(', ')}`);
    return true;
  }
  if (process.getuid?.() === 0 && isThere('apt-get') && aptInstall(missing)) return true;
  console.error(`missing: ${missing.join(', ')}. Install with: sudo apt-get install ${missing.join(' ')}`);
  return false;
}

function isThere(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

function aptInstall(packages: readonly string[]): boolean {
  console.log(`installing ${packages.join(', ')}`);
  const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
  return (
    spawnSync('apt-get', ['update', '-qq'], options).status === 0 &&
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options).status === 0
  );
}
