// The step of the workflow that comments: it runs code of the default branch only, and believes nothing that the artifact says about
// where to comment. docs/github-actions.md
import { readFileSync } from 'node:fs';
import { describeFault, exitCodeOfFault, UserFault } from '../../src/errors.ts';
import { workflowCommand } from '../../src/report/machine/workflow-command.ts';
import { gateComment, noResultComment } from './gate-comment.ts';
import { readGateResult } from './gate-result.ts';
import { createGithubApi, type GithubApi } from './github-api.ts';
import { JsonReader } from './json-reader.ts';
import { putComment } from './sticky-comment.ts';

/** The run that measured, as GitHub itself describes it. */
interface MeasuringRun {
  readonly repository: string;
  readonly commit: string;
  /** `owner:branch`, as the API finds pull requests of forks. */
  readonly head: string;
  readonly conclusion: string;
  readonly url: string;
}

async function main(): Promise<void> {
  const run = runOfEvent(process.env.GITHUB_EVENT_PATH ?? '');
  const api = createGithubApi(process.env);
  const pullRequest = await pullRequestOf(api, run);
  if (pullRequest === undefined) {
    console.log(workflowCommand('notice', {}, `No open pull request ends with ${run.commit}: nothing to comment on`));
    return;
  }
  await putComment(api, run.repository, pullRequest, commentOf(run, process.env.GATE_RESULT ?? ''));
  console.log(`The comment of pull request ${pullRequest} is up to date`);
}

/** A result that cannot be read is said on the pull request; it must not leave an older, better one standing. */
function commentOf({ conclusion, url }: MeasuringRun, file: string): string {
  try {
    const result = readGateResult(file);
    // A green answer of a job that failed is not one.
    const contradicts = conclusion !== 'success' && (result?.answer === 'unchanged' || result?.answer === 'improved');
    return result === undefined || conclusion === 'cancelled' || contradicts
      ? noResultComment(conclusion, url)
      : gateComment(result, url);
  } catch (thrown) {
    if (!(thrown instanceof UserFault)) throw thrown;
    console.log(workflowCommand('warning', { title: 'The result cannot be read' }, thrown.message));
    return noResultComment(conclusion, url);
  }
}

function runOfEvent(path: string): MeasuringRun {
  const event = new JsonReader(JSON.parse(readFileSync(path, 'utf8')), 'event');
  const run = event.at('workflow_run');
  return {
    repository: event.at('repository').at('full_name').text,
    commit: run.at('head_sha').text,
    head: `${run.at('head_repository').at('owner').at('login').text}:${run.at('head_branch').text}`,
    conclusion: run.at('conclusion').text,
    url: run.at('html_url').text,
  };
}

/** The open pull request whose newest commit was measured: after another push, an old result says nothing. */
async function pullRequestOf(api: GithubApi, { repository, commit, head }: MeasuringRun): Promise<number | undefined> {
  const found = await api.list(`/repos/${repository}/pulls?state=open&head=${encodeURIComponent(head)}`);
  const requests = found.map((request) => new JsonReader(request, 'pull request'));
  return requests.find((request) => request.at('head').at('sha').text === commit)?.at('number').number;
}

await main().catch((thrown: unknown) => {
  console.log(workflowCommand('error', { title: 'The comment could not be written' }, describeFault(thrown, false)));
  process.exitCode = exitCodeOfFault(thrown);
});
