// The step of the action: runs the gate, and says on GitHub what it found. docs/github-actions.md
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describeFault, UserFault } from '../../src/errors.ts';
import { EXIT_CODES } from '../../src/exit-codes.ts';
import { workflowCommand } from '../../src/report/machine/workflow-command.ts';
import { gateAnnotations } from './gate-annotations.ts';
import { faultComment } from './gate-comment.ts';
import { type GateInputs, gateArguments, readGateInputs } from './gate-inputs.ts';
import { type GateOutcome, gateOutcome } from './gate-outcome.ts';
import { type GateResult, readGateResult } from './gate-result.ts';
import { addSummary, setOutputs } from './job-files.ts';
import { runQuoted } from './run-gate.ts';

async function main(): Promise<GateOutcome> {
  const inputs = readGateInputs(process.env);
  // A result of an earlier step must not be taken for this one's.
  rmSync(inputs.output, { recursive: true, force: true });
  // Said before it begins, so that the report is found also when the step is killed.
  setOutputs({ report: inputs.output }, process.env);
  const { exitCode, errorText } = await runQuoted(resolve('node_modules/.bin/proving-ground'), gateArguments(inputs));
  const result = readGateResult(join(inputs.output, 'gate.json'));
  const outcome = gateOutcome(exitCode, result, inputs.onInconclusive);
  say(outcome, result, inputs, errorText);
  return outcome;
}

function say(
  outcome: GateOutcome,
  result: GateResult | undefined,
  { output, test }: GateInputs,
  errorText: string,
): void {
  const { isGreen, verdict, message } = outcome;
  for (const line of result === undefined ? [] : gateAnnotations(result)) console.log(line);
  if (!isGreen || verdict === 'inconclusive') {
    const details = result === undefined ? lastError(errorText) : '';
    console.log(
      workflowCommand(isGreen ? 'warning' : 'error', { title: `Performance: ${verdict}` }, `${message}${details}`),
    );
  }
  const summary = join(output, 'summary.md');
  addSummary(
    existsSync(summary) ? readFileSync(summary, 'utf8') : faultComment(test, message, lastError(errorText)),
    process.env,
  );
}

/** What the gate said last, from its first `error:` on. */
function lastError(errorText: string): string {
  const start = errorText.search(/^(?:internal )?error: /m);
  return start < 0 ? '' : `\n${errorText.slice(start).trim().slice(0, 2_000)}`;
}

function outcomeOfFault(thrown: unknown): GateOutcome {
  const text = describeFault(thrown, false);
  console.log(workflowCommand('error', { title: 'Performance: configuration' }, text));
  addSummary(faultComment('', 'The gate could not begin', text), process.env);
  const isOurs = !(thrown instanceof UserFault);
  return {
    verdict: isOurs ? 'no verdict' : 'configuration',
    isGreen: false,
    message: text,
    exitCode: isOurs ? EXIT_CODES.internal : EXIT_CODES.configuration,
  };
}

const outcome = await main().catch(outcomeOfFault);
setOutputs({ verdict: outcome.verdict, 'is-green': String(outcome.isGreen) }, process.env);
process.exitCode = outcome.exitCode;
