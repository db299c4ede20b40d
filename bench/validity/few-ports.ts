// Runs a command in a network of its own with 64 local ports, and the server of this study beside it. Linux, as root:
//
//   unshare -n node few-ports.ts <command …>     # TARGET in the command becomes the address of the server
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { startServerProcess } from '../targets/server-process.ts';

spawnSync('ip', ['link', 'set', 'lo', 'up']);
writeFileSync('/proc/sys/net/ipv4/ip_local_port_range', '40000 40063');
const server = await startServerProcess('slow', new URL('server.ts', import.meta.url), undefined);
const [program = '', ...rest] = process.argv.slice(2).map((word) => (word === 'TARGET' ? server.url : word));
const child = spawn(program, rest, { stdio: 'inherit' });
const [code] = (await once(child, 'exit')) as [number | null];
await server.stop();
process.exitCode = code ?? 1;
