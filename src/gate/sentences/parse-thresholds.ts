import { formatPosition, type Position, UserFault } from '../../errors.ts';
import { ExpressionError } from '../ensure/expression-error.ts';
import type { LocateRule } from '../ensure/rules.ts';
import { parseSentence } from './sentence-parser.ts';
import { createTracker, type Tracker } from './tracker.ts';

/**
 * Reads the sentences of `config.plugins.verdict.thresholds`.
 *
 * @param locate where a value stands in the test file.
 * @returns a tracker for each, in their order, that has seen nothing yet.
 * @throws UserFault `threshold-sentence`, pointing to the word inside the sentence.
 */
export function parseThresholds(sentences: readonly string[], locate: LocateRule): Tracker[] {
  return sentences.map((text, index) => {
    const position = locate(['config', 'plugins', 'verdict', 'thresholds', index]);
    return createTracker(parseOrFault(text, position), position && formatPosition(position));
  });
}

function parseOrFault(text: string, position: Position | undefined): ReturnType<typeof parseSentence> {
  try {
    return parseSentence(text);
  } catch (cause) {
    if (!(cause instanceof ExpressionError)) throw cause;
    const pointer = `${' '.repeat(cause.offset)}^`;
    throw new UserFault(
      'threshold-sentence',
      `the threshold cannot be read: ${cause.message}\n    ${text}\n    ${pointer}`,
      {
        position: position && { ...position, column: position.column + cause.offset },
        hint: 'An example: p95 of "Search" < 300 ms during "Incident burst". docs/thresholds.md has them all.',
        cause,
      },
    );
  }
}
