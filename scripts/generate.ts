// Writes the files that are made from code: the JSON Schemas for editors and the catalogue of faults. A test fails when one
// of them is out of date.
//
//   npm run generate
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { generatedFiles } from '../src/cli/check/generated-files.ts';

const files = generatedFiles();
for (const [path, content] of Object.entries(files)) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  console.log(path);
}
const json = Object.keys(files).filter((path) => path.endsWith('.json'));
const { status } = spawnSync('biome', ['format', '--write', ...json], { stdio: ['ignore', 'ignore', 'inherit'] });
process.exitCode = status ?? 1;
