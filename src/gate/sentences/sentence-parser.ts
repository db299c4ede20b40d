import { ExpressionError } from '../ensure/expression-error.ts';
import type { Limit, Quantity, Sentence, SentenceOperator, Subject } from './sentence.ts';
import { type SentenceToken, tokeniseSentence } from './sentence-lexer.ts';

// Grammar:
//
//   sentence  = [ "stop" "if" ] measure operator limit { clause }
//   measure   = quantity [ "of" ( "\"" name "\"" | metric ) ]
//             | metric quantity                                  search.hits mean
//   quantity  = "p" 0–100 | "median" | "mean" | "min" | "max" | "rate" | "error" "rate" | "count"
//   operator  = "<" | "<=" | ">" | ">="
//   limit     = number [ unit ]
//   unit      = "us" | "µs" | "ms" | "s" | "min" | "/s" | "per" "second" | "per" "minute" | "%" [ "of" "planned" ]
//   clause    = "during" "\"" phase "\"" | "after" time | "for" time
//   time      = number ( "ms" | "s" | "min" )

const QUANTITY_WORDS = ['p95', 'median', 'mean', 'min', 'max', 'rate', 'error rate', 'count'];
const CLAUSE_WORDS = ['during', 'after', 'for'];
const OPERATORS: readonly string[] = ['<', '<=', '>', '>='];
const MS_PER_UNIT: Readonly<Record<string, number>> = { us: 0.001, µs: 0.001, μs: 0.001, ms: 1, s: 1000, min: 60_000 };

/**
 * Reads a threshold sentence.
 *
 * @throws ExpressionError with the offset in the sentence of what cannot be read or does not fit.
 *
 * @example parseSentence('p95 of "Search" < 300 ms during "Incident burst"')
 */
export function parseSentence(text: string): Sentence {
  const parser = new SentenceParser(tokeniseSentence(text));
  return parser.sentence();
}

class SentenceParser {
  readonly #tokens: readonly SentenceToken[];
  #next = 0;

  constructor(tokens: readonly SentenceToken[]) {
    this.#tokens = tokens;
  }

  sentence(): Sentence {
    const action = this.#action();
    const { quantity, subject } = this.#measure();
    const operator = this.#operator();
    const limitStart = this.#peek().start;
    const limit = this.#limit();
    mustFit(quantity, subject, limit, limitStart);
    const clauses = this.#clauses();
    if (action === 'stop' && clauses.forMs === undefined) {
      throw new ExpressionError(
        'say for how long it must be so before the run is stopped: … for 10 s',
        this.#peek().start,
      );
    }
    return { action, quantity, subject, operator, limit, ...clauses };
  }

  #action(): Sentence['action'] {
    if (!this.#acceptWord('stop')) return 'gate';
    if (!this.#acceptWord('if')) throw this.#unexpected(['if']);
    return 'stop';
  }

  #measure(): { quantity: Quantity; subject: Subject } {
    const quantity = this.#quantity();
    if (quantity !== undefined) {
      return { quantity, subject: this.#acceptWord('of') ? this.#subject() : { kind: 'all requests' } };
    }
    const metric = this.#peek();
    // Every metric of Artillery or of a processor has a dot in its name; without one it is a slip.
    if (metric.kind !== 'word' || !metric.text.includes('.')) throw this.#unexpected(QUANTITY_WORDS);
    this.#next += 1;
    const after = this.#quantity();
    if (after === undefined) throw this.#unexpected(QUANTITY_WORDS);
    return { quantity: after, subject: { kind: 'metric', name: metric.text } };
  }

  #quantity(): Quantity | undefined {
    const token = this.#peek();
    if (token.kind !== 'word') return undefined;
    if (/^p\d/.test(token.text)) return this.#quantile(token);
    if (token.text === 'error') {
      this.#next += 1;
      if (!this.#acceptWord('rate')) throw this.#unexpected(['rate']);
      return { kind: 'error rate' };
    }
    const quantity = simpleQuantity(token.text);
    if (quantity !== undefined) this.#next += 1;
    return quantity;
  }

  #quantile(token: SentenceToken): Quantity {
    const percent = Number(token.text.slice(1));
    if (!(percent > 0 && percent < 100)) {
      throw new ExpressionError(`${token.text} is no quantile; use p50 to p99.99`, token.start);
    }
    this.#next += 1;
    return { kind: 'quantile', percent };
  }

  #subject(): Subject {
    const token = this.#peek();
    this.#next += 1;
    if (token.kind === 'name' && token.text !== '') return { kind: 'named', name: token.text };
    if (token.kind === 'word' && token.text.includes('.')) return { kind: 'metric', name: token.text };
    const quoted = token.kind === 'word' ? `: write "${token.text}"` : '';
    throw new ExpressionError(`names of endpoints and journeys stand in quotation marks${quoted}`, token.start);
  }

  #operator(): SentenceOperator {
    const token = this.#peek();
    if (!isOperator(token.text)) throw this.#unexpected(OPERATORS);
    this.#next += 1;
    return token.text;
  }

  #limit(): Limit {
    const value = this.#number('a number');
    const { text } = this.#peek();
    const msPerUnit = MS_PER_UNIT[text];
    if (msPerUnit !== undefined) {
      this.#next += 1;
      return { value: value * msPerUnit, unit: 'ms' };
    }
    if (this.#acceptWord('%')) return { value, unit: this.#ofPlanned() ? '% of planned' : '%' };
    if (this.#acceptWord('/s')) return { value, unit: '/s' };
    if (!this.#acceptWord('per')) return { value, unit: '' };
    if (this.#acceptWord('second')) return { value, unit: '/s' };
    if (this.#acceptWord('minute')) return { value: value / 60, unit: '/s' };
    throw this.#unexpected(['second', 'minute']);
  }

  #ofPlanned(): boolean {
    if (!this.#acceptWord('of')) return false;
    if (!this.#acceptWord('planned')) throw this.#unexpected(['planned']);
    return true;
  }

  #clauses(): Pick<Sentence, 'during' | 'afterMs' | 'forMs'> {
    let clauses: Pick<Sentence, 'during' | 'afterMs' | 'forMs'> = {};
    while (this.#peek().kind !== 'end') clauses = { ...clauses, ...this.#clause(clauses) };
    return clauses;
  }

  #clause(earlier: Pick<Sentence, 'during' | 'afterMs' | 'forMs'>): Pick<Sentence, 'during' | 'afterMs' | 'forMs'> {
    const { start } = this.#peek();
    if (this.#acceptWord('during')) {
      mustBeNew(earlier.during, 'during', start);
      return { during: this.#phase() };
    }
    if (this.#acceptWord('after')) {
      mustBeNew(earlier.afterMs, 'after', start);
      return { afterMs: this.#time(1) };
    }
    if (!this.#acceptWord('for')) throw this.#unexpected([...CLAUSE_WORDS, 'the end']);
    mustBeNew(earlier.forMs, 'for', start);
    return { forMs: this.#time(1000) };
  }

  #phase(): string {
    const token = this.#peek();
    if (token.kind !== 'name' || token.text === '') {
      throw new ExpressionError('the name of a phase stands in quotation marks: during "Incident burst"', token.start);
    }
    this.#next += 1;
    return token.text;
  }

  #time(stepMs: number): number {
    const { start } = this.#peek();
    const value = this.#number('a time, for example 30 s');
    const { text } = this.#peek();
    const msPerUnit = MS_PER_UNIT[text];
    if (msPerUnit === undefined) throw this.#unexpected(['s', 'ms', 'min']);
    this.#next += 1;
    const ms = Math.round(value * msPerUnit);
    if (ms < stepMs || ms % stepMs !== 0) {
      const allowed =
        stepMs === 1 ? 'at least 1 ms' : 'a whole number of seconds, since metrics are looked at every second';
      throw new ExpressionError(`this time must be ${allowed}`, start);
    }
    return ms;
  }

  #number(wanted: string): number {
    const token = this.#peek();
    if (token.kind !== 'number') throw this.#unexpected([wanted]);
    this.#next += 1;
    return token.value;
  }

  #peek(): SentenceToken {
    return this.#tokens[Math.min(this.#next, this.#tokens.length - 1)] ?? { kind: 'end', text: '', start: 0 };
  }

  #acceptWord(word: string): boolean {
    const token = this.#peek();
    const accepted = token.kind === 'word' && token.text === word;
    if (accepted) this.#next += 1;
    return accepted;
  }

  #unexpected(wanted: readonly string[]): ExpressionError {
    const token = this.#peek();
    const found = token.kind === 'end' ? 'the sentence ends' : `found ${JSON.stringify(token.text)}`;
    return new ExpressionError(`${found} where one of these is needed: ${wanted.join(', ')}`, token.start);
  }
}

function simpleQuantity(word: string): Quantity | undefined {
  switch (word) {
    case 'median':
      return { kind: 'quantile', percent: 50 };
    case 'mean':
    case 'min':
    case 'max':
    case 'rate':
    case 'count':
      return { kind: word };
    default:
      return undefined;
  }
}

function isOperator(text: string): text is SentenceOperator {
  return OPERATORS.includes(text);
}

function mustBeNew(earlier: unknown, word: string, start: number): void {
  if (earlier !== undefined) throw new ExpressionError(`"${word}" stands twice in this sentence`, start);
}

/** A limit of the wrong kind is a slip that would compare apples with pears. */
function mustFit(quantity: Quantity, subject: Subject, { unit, value }: Limit, start: number): void {
  const wanted = unitsFor(quantity, subject);
  if (wanted.includes(unit)) return;
  const examples = wanted.map((allowed) => (allowed === '' ? `${value}` : `${value} ${allowed}`));
  throw new ExpressionError(
    `this limit needs ${unit === '' ? 'a unit' : 'another unit'}: ${examples.join(' or ')}`,
    start,
  );
}

function unitsFor(quantity: Quantity, subject: Subject): readonly Limit['unit'][] {
  switch (quantity.kind) {
    case 'rate':
      return subject.kind === 'metric' ? ['/s'] : ['/s', '% of planned'];
    case 'error rate':
      return ['%'];
    case 'count':
      return [''];
    case 'quantile':
    case 'mean':
    case 'min':
    case 'max':
      // Only the owner of a metric knows whether it is a time; endpoints and journeys always take time.
      return subject.kind === 'metric' ? ['', 'ms', '%'] : ['ms'];
  }
}
