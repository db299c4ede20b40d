// `artillery run …` and nothing else: Artillery's own command line loads all of its commands first, with what they need in two clouds, which
// takes a fifth of the processor time of a short run. To be called as that is: node artillery-run.ts run <flags> <test>.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Artillery's command, a class of oclif's; `options` say what it is a part of, so that oclif does not look for other parts. */
interface Command {
  run(words: readonly string[], options: { readonly root: string; readonly pjson: object }): Promise<unknown>;
}

const root = join(createRequire(import.meta.url).resolve('artillery/package.json'), '..');

function load<T>(path: string): Promise<T> {
  return import(pathToFileURL(join(root, 'dist/lib', path)).href) as Promise<T>;
}

// As Artillery's bin/run does it.
const { createGlobalObject } = await load<{ createGlobalObject: () => Promise<void> }>('artillery-global.js');
const { default: captureConsole } = await load<{ default: () => void }>('console-capture.js');
await createGlobalObject();
captureConsole();
const { default: command } = await load<{ default: Command }>('cmds/run.js');
try {
  await command.run(process.argv.slice(3), { root, pjson: { name: 'artillery', version: '2', oclif: {} } });
} catch (thrown) {
  // The command line cannot be understood; everything else is said by the run itself.
  console.error(thrown instanceof Error ? thrown.message : thrown);
  process.exit(1);
}
