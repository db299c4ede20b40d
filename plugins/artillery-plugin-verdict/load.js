// Artillery takes a plugin that cannot be loaded for a warning, runs without it and exits with 0: nothing would be checked and
// nothing judged. Plain JavaScript, so that also an old Node, which stumbles over TypeScript, ends the run here. Under npx the
// Node that the project installs comes first on the path.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`error: Node ${process.versions.node} cannot run the verdict plugin; Node 22.18 or newer is needed`);
  console.error('  Run it as "npx artillery run …" in the project: npm installs a Node that fits.');
  process.exit(2);
}

export const { LEGACY_METRICS_FORMAT, Plugin } = await import('./index.ts').catch((thrown) => {
  console.error(`internal error: the verdict plugin cannot be loaded: ${thrown.message}`);
  console.error('  Install the project anew (npm ci). If that does not help, report this line.');
  process.exit(70);
});
