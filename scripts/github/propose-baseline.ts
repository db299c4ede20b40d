// Proposes a new baseline as a pull request, for somebody to review: a baseline that follows every run by itself never finds a
// drift. docs/github-actions.md
import { readFileSync } from 'node:fs';
import { describeFault, exitCodeOfFault, UserFault } from '../../src/errors.ts';
import { workflowCommand } from '../../src/report/machine/workflow-command.ts';
import { createGithubApi } from './github-api.ts';
import { JsonReader } from './json-reader.ts';

/** A baseline is made to be read in review. */
const MOST_BYTES = 1_000_000;

async function main(): Promise<void> {
  const { GITHUB_REPOSITORY: repository = '', GITHUB_RUN_ID: run = '', DEFAULT_BRANCH: base = '' } = process.env;
  const { BASELINE_FILE: file = '', BASELINE_TEST: test = '' } = process.env;
  if (!/^[\w-]+$/.test(test)) throw new UserFault('option-value', `${JSON.stringify(test)} is no name of a test`);
  const content = readFileSync(file);
  if (content.length > MOST_BYTES) throw new UserFault('run-shape', `${file} is larger than a baseline can be`);
  refuseOthers(new JsonReader(JSON.parse(content.toString('utf8')), file), test);
  const api = createGithubApi(process.env);
  const path = `reports/baselines/${test}.json`;
  const title = `Take a new baseline for ${test}`;
  const branch = `baseline/${test}-${run}`;
  const head = await api.get(`/repos/${repository}/git/ref/heads/${base}`);
  const sha = new JsonReader(head, 'ref').at('object').at('sha').text;
  await api.send('POST', `/repos/${repository}/git/refs`, { ref: `refs/heads/${branch}`, sha });
  const folder = await api
    .list(`/repos/${repository}/contents/reports/baselines?ref=${encodeURIComponent(base)}`)
    .catch(() => []);
  const old = folder.map((each) => new JsonReader(each, 'file')).find((each) => each.at('path').text === path);
  await api.send('PUT', `/repos/${repository}/contents/${path}`, {
    message: title,
    content: content.toString('base64'),
    branch,
    ...(old === undefined ? {} : { sha: old.at('sha').text }),
  });
  const body = `From [these runs](${process.env.GITHUB_SERVER_URL}/${repository}/actions/runs/${run}). Accept it only if the change of the figures is wanted.`;
  const made = await api.send('POST', `/repos/${repository}/pulls`, { title, head: branch, base, body });
  console.log(workflowCommand('notice', { title }, new JsonReader(made, 'pull request').at('html_url').text));
}

/** A person reviews the figures; that it is a file of this kind, and of this test, is easily missed. */
function refuseOthers(baseline: JsonReader, test: string): void {
  const [schema, name] = [baseline.at('schema').text, baseline.at('test').at('name').text];
  if (schema !== 'proving-ground/baseline')
    throw new UserFault('baseline-shape', `the file is a ${schema}, no baseline`);
  if (name.replace(/\.[^.]+$/, '') !== test) {
    throw new UserFault('baseline-unfit', `the file is a baseline of ${name}, not of ${test}`);
  }
}

await main().catch((thrown: unknown) => {
  console.log(workflowCommand('error', { title: 'No baseline was proposed' }, describeFault(thrown, false)));
  process.exitCode = exitCodeOfFault(thrown);
});
