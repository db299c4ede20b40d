import { Command, CommanderError } from 'commander';
import { describeFault, exitCodeOfFault } from '../errors.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { adviseCommand } from './advise-command.ts';
import { baselineCommand } from './baseline-command.ts';
import { capacityCommand } from './capacity/capacity-command.ts';
import { checkCommand } from './check-command.ts';
import { compareCommand } from './compare-command.ts';
import { diagnoseCommand } from './diagnose-command.ts';
import { gateCommand } from './gate/gate-command.ts';
import { planCommand } from './plan-command.ts';
import { reportCommand } from './report-command.ts';
import { trendCommand } from './trend-command.ts';
import { verdictCommand } from './verdict-command.ts';

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

const program = new Command('proving-ground')
  .description(
    'Work with load tests and the runs that they left in reports/.\nRun a test with: npx artillery run artillery/peak.yml',
  )
  .option('--debug', 'print the stack of an error')
  .addHelpText('after', EXIT_CODE_HELP)
  .showHelpAfterError('Try --help.')
  .exitOverride()
  .addCommand(checkCommand())
  .addCommand(planCommand())
  .addCommand(verdictCommand())
  .addCommand(reportCommand())
  .addCommand(compareCommand())
  .addCommand(baselineCommand())
  .addCommand(trendCommand())
  .addCommand(gateCommand())
  .addCommand(capacityCommand())
  .addCommand(diagnoseCommand())
  .addCommand(adviseCommand());

try {
  await program.parseAsync();
} catch (thrown) {
  if (thrown instanceof CommanderError) {
    // Commander has printed its help or its error already.
    process.exitCode = thrown.exitCode === 0 ? EXIT_CODES.passed : EXIT_CODES.configuration;
  } else {
    console.error(describeFault(thrown, program.opts<{ debug?: boolean }>().debug === true));
    process.exitCode = exitCodeOfFault(thrown);
  }
}
