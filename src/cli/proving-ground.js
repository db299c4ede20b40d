#!/usr/bin/env node
// Plain JavaScript, so that an old Node says what is wrong instead of stumbling over TypeScript. Under npx the Node that
// this project installs comes first on the path, and this never happens.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`error: Node ${process.versions.node} cannot run this; Node 22.18 or newer is needed`);
  console.error('  Run it as "npx proving-ground …" in the project: npm installs a Node that fits.');
  process.exit(2);
}
// Compiled code is kept in the system's folder for temporary files: commands start in two thirds of the time.
const { enableCompileCache } = await import('node:module');
enableCompileCache();
await import('./main.ts');
