import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { describeLoad } from '../../bench/measure/machine.ts';

test('the tables of a bench say when the machine does other work', async () => {
  const other = spawn(process.execPath, ['--eval', 'for (;;);'], { stdio: 'ignore' });
  try {
    await once(other, 'spawn');
    expect(await describeLoad()).toMatch(
      /^Processors before: \d+ % busy\. \*\*The machine was busy with other work: these figures are provisional\.\*\*$/,
    );
  } finally {
    other.kill('SIGKILL');
  }
});
