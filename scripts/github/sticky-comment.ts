import { MARKER } from './gate-comment.ts';
import type { GithubApi } from './github-api.ts';
import { JsonReader } from './json-reader.ts';

/** Who comments with the token of a workflow. */
const BOT = 'github-actions[bot]';

/**
 * Puts the one comment of the gate on a pull request: the one that is there is changed in place, so that ten pushes leave one comment. Only a
 * comment of the bot's own counts: anybody could write one that begins with the marker.
 */
export async function putComment(api: GithubApi, repository: string, pullRequest: number, body: string): Promise<void> {
  const comments = await api.list(`/repos/${repository}/issues/${pullRequest}/comments`);
  const own = comments.map((comment) => new JsonReader(comment, 'comment')).find(isOurs);
  if (own === undefined) await api.send('POST', `/repos/${repository}/issues/${pullRequest}/comments`, { body });
  else await api.send('PATCH', `/repos/${repository}/issues/comments/${own.at('id').number}`, { body });
}

function isOurs(comment: JsonReader): boolean {
  const [user, body] = [comment.at('user'), comment.at('body')];
  return user.isThere && user.at('login').text === BOT && body.isThere && body.text.startsWith(MARKER);
}
