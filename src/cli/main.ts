import { outliveReaders } from './outlive-readers.ts';
import { runProgram } from './program.ts';

outliveReaders();
await runProgram(process.argv.slice(2));
