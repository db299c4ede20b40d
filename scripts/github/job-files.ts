import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';

/** GitHub refuses a summary of more than 1 MiB as a whole. */
const MOST_SUMMARY_BYTES = 1_000_000;

/** Sets outputs of the step. Outside of a job nothing happens. A value may hold anything, also lines. */
export function setOutputs(values: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv): void {
  for (const [name, value] of Object.entries(values)) {
    const end = `end-${randomUUID()}`;
    append(env.GITHUB_OUTPUT, `${name}<<${end}\n${value}\n${end}\n`);
  }
}

/** Adds Markdown to the summary of the job. Outside of a job nothing happens. */
export function addSummary(markdown: string, env: NodeJS.ProcessEnv): void {
  const isTooLong = Buffer.byteLength(markdown) > MOST_SUMMARY_BYTES;
  append(env.GITHUB_STEP_SUMMARY, isTooLong ? 'The summary is too long; it is among the artifacts.\n' : markdown);
}

function append(file: string | undefined, text: string): void {
  if (file !== undefined && file !== '') appendFileSync(file, text);
}
