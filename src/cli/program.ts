import { Command, CommanderError } from 'commander';
import { describeFault, exitCodeOfFault } from '../errors.ts';
import { EXIT_CODES } from '../exit-codes.ts';

const EXIT_CODE_HELP = `
Exit codes:
  ${EXIT_CODES.passed}    passed
  ${EXIT_CODES.failed}    failed: a rule is broken, or the run itself went wrong
  ${EXIT_CODES.configuration}    the command or the test cannot be used as it is; nothing was run
  ${EXIT_CODES.regressed}    regressed: slower than the baseline for sure
  ${EXIT_CODES.notValid}    not valid: the generator was the bottleneck
  ${EXIT_CODES.inconclusive}    inconclusive: the run was cut short, or a comparison could not tell
  ${EXIT_CODES.internal}   a defect of Proving Ground
  ${EXIT_CODES.interrupted}  interrupted (Ctrl-C); ${EXIT_CODES.terminated} terminated`;

/**
 * Runs what the words of a command line say, and sets the exit code of the process. What goes wrong is printed.
 *
 * @param words as a person types them, without the name of the program.
 */
export async function runProgram(words: readonly string[]): Promise<void> {
  try {
    const program = await createProgram(words);
    await program.parseAsync(words, { from: 'user' });
  } catch (thrown) {
    if (thrown instanceof CommanderError) {
      // Commander has printed its help or its error already.
      process.exitCode = thrown.exitCode === 0 ? EXIT_CODES.passed : EXIT_CODES.configuration;
    } else {
      console.error(describeFault(thrown, words.includes('--debug')));
      process.exitCode = exitCodeOfFault(thrown);
    }
  }
}

/** In the order of the help. Each is loaded when it is needed: all of them together take longer to load than most of them take to run. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => (await import('./check-command.ts')).checkCommand(),
  plan: async () => (await import('./plan-command.ts')).planCommand(),
  verdict: async () => (await import('./verdict-command.ts')).verdictCommand(),
  report: async () => (await import('./report-command.ts')).reportCommand(),
  compare: async () => (await import('./compare-command.ts')).compareCommand(),
  baseline: async () => (await import('./baseline-command.ts')).baselineCommand(),
  trend: async () => (await import('./trend-command.ts')).trendCommand(),
  gate: async () => (await import('./gate/gate-command.ts')).gateCommand(),
  capacity: async () => (await import('./capacity/capacity-command.ts')).capacityCommand(),
  diagnose: async () => (await import('./diagnose-command.ts')).diagnoseCommand(),
  advise: async () => (await import('./advise-command.ts')).adviseCommand(),
};

/** @param words decide which commands it knows: the one that they name, or all where they name none. */
async function createProgram(words: readonly string[]): Promise<Command> {
  const program = new Command('proving-ground')
    .description(
      'Work with load tests and the runs that they left in reports/.\nRun a test with: npx artillery run artillery/peak.yml',
    )
    .option('--debug', 'print the stack of an error')
    .addHelpText('after', EXIT_CODE_HELP)
    .showHelpAfterError('Try --help.')
    .exitOverride();
  const name = words.find((word) => !word.startsWith('-')) ?? '';
  const named = Object.hasOwn(COMMANDS, name) ? [COMMANDS[name]] : Object.values(COMMANDS);
  for (const load of named) if (load !== undefined) program.addCommand(await load());
  return program;
}
