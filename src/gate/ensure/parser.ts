import {
  type ArithmeticOperator,
  type ComparisonOperator,
  type Expression,
  FUNCTIONS,
  type FunctionName,
  isCondition,
} from './expression.ts';
import { ExpressionError } from './expression-error.ts';
import { type Token, tokenise, type Word } from './lexer.ts';

// Grammar, loosest first; the precedence is that of filtrex 2, which Artillery's own evaluation uses:
//
//   choice      = or [ "?" choice ":" choice ]
//   or          = and { "or" and }
//   and         = membership { "and" membership }
//   membership  = equality [ [ "not" ] "in" "(" choice { "," choice } ")" ]
//   equality    = order { ( "==" | "!=" ) order }
//   order       = sum { ( "<" | "<=" | ">" | ">=" ) sum }
//   sum         = product { ( "+" | "-" ) product }
//   product     = power { ( "*" | "/" | "%" ) power }
//   power       = unary { "^" unary }                        left-associative, as in filtrex
//   unary       = "not" unary | "-" unary | primary
//   primary     = number | metric | function "(" [ choice { "," choice } ] ")" | "(" choice ")"

const EQUALITY = ['==', '!='] as const;
const ORDER = ['<=', '>=', '<', '>'] as const;
const SUM = ['+', '-'] as const;
const PRODUCT = ['*', '/', '%'] as const;
const POWER = ['^'] as const;

/**
 * Reads the expression of a rule.
 *
 * @param known names of metrics, without aggregate, that may contain any character.
 * @throws ExpressionError with the offset of what cannot be read, or of what has no yes-or-no answer.
 *
 * @example parseCondition('http.response_time.p99 < 250 and vusers.failed == 0', [])
 */
export function parseCondition(text: string, known: readonly string[]): Expression {
  const parser = new Parser(text, tokenise(text, known));
  const expression = parser.choice();
  parser.expectEnd();
  if (!isCondition(expression)) {
    throw new ExpressionError('this is a number, not a condition; compare it with something, for example "< 300"', 0);
  }
  return expression;
}

class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(text: string, tokens: readonly Token[]) {
    this.#text = text;
    this.#tokens = tokens;
  }

  choice(): Expression {
    const start = this.#peek().start;
    const condition = this.#or();
    if (this.#accept(['?']) === undefined) return condition;
    this.#mustBeCondition(condition, start);
    const yes = this.choice();
    this.#expect(':');
    return { kind: 'choice', condition, yes, no: this.choice() };
  }

  expectEnd(): void {
    const token = this.#peek();
    if (token.kind !== 'end') throw this.#unexpected(token, 'an operator or the end');
  }

  #or(): Expression {
    return this.#logic('or', () => this.#logic('and', () => this.#membership()));
  }

  #logic(operator: 'and' | 'or', operand: () => Expression): Expression {
    let start = this.#peek().start;
    let left = operand();
    while (this.#accept([operator]) !== undefined) {
      this.#mustBeCondition(left, start);
      start = this.#peek().start;
      const right = operand();
      this.#mustBeCondition(right, start);
      left = { kind: 'logic', operator, left, right };
    }
    return left;
  }

  #membership(): Expression {
    const subject = this.#comparison(EQUALITY, () => this.#comparison(ORDER, () => this.#sum()));
    const negated = this.#accept(['not']) !== undefined;
    if (negated) this.#expect('in');
    else if (this.#accept(['in']) === undefined) return subject;
    this.#expect('(');
    return { kind: 'membership', negated, subject, set: this.#list() };
  }

  #comparison(operators: readonly ComparisonOperator[], operand: () => Expression): Expression {
    const start = this.#peek().start;
    let left = operand();
    let operator = this.#accept(operators);
    while (operator !== undefined) {
      const subject = this.#text.slice(start, this.#previousStart()).trim();
      left = { kind: 'comparison', operator, left, right: operand(), subject };
      operator = this.#accept(operators);
    }
    return left;
  }

  #sum(): Expression {
    const power = (): Expression => this.#arithmetic(POWER, () => this.#unary());
    return this.#arithmetic(SUM, () => this.#arithmetic(PRODUCT, power));
  }

  #arithmetic(operators: readonly ArithmeticOperator[], operand: () => Expression): Expression {
    let left = operand();
    let operator = this.#accept(operators);
    while (operator !== undefined) {
      left = { kind: 'arithmetic', operator, left, right: operand() };
      operator = this.#accept(operators);
    }
    return left;
  }

  #unary(): Expression {
    const start = this.#peek().start;
    if (this.#accept(['-']) !== undefined) return { kind: 'negation', operand: this.#unary() };
    if (this.#accept(['not']) === undefined) return this.#primary();
    const operand = this.#unary();
    // filtrex reads "not a > b" as "(not a) > b", which is never what was meant.
    if (!isCondition(operand)) throw new ExpressionError('write parentheses after not: not (a > b)', start);
    return { kind: 'not', operand };
  }

  #primary(): Expression {
    const token = this.#peek();
    this.#next += 1;
    if (token.kind === 'number') return { kind: 'number', value: token.value };
    if (token.kind === 'name') {
      return this.#accept(['(']) === undefined
        ? { kind: 'metric', name: token.name }
        : this.#call(token.name, token.start);
    }
    if (token.kind === 'word' && token.word === '(') {
      const inner = this.choice();
      this.#expect(')');
      return inner;
    }
    throw this.#unexpected(token, 'a number, a metric or "("');
  }

  #call(name: string, start: number): Expression {
    if (!isFunctionName(name)) {
      const allowed = Object.keys(FUNCTIONS).join(', ');
      throw new ExpressionError(`${name} is not a function; allowed are ${allowed}`, start);
    }
    return { kind: 'call', callee: name, parameters: this.#list() };
  }

  /** The rest of a list after its opening parenthesis. */
  #list(): Expression[] {
    const items = [this.choice()];
    while (this.#accept([',']) !== undefined) items.push(this.choice());
    this.#expect(')');
    return items;
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', start: this.#text.length, end: this.#text.length };
  }

  #previousStart(): number {
    return this.#tokens[this.#next - 1]?.start ?? 0;
  }

  #accept<W extends Word>(words: readonly W[]): W | undefined {
    const token = this.#peek();
    const word = token.kind === 'word' ? words.find((candidate) => candidate === token.word) : undefined;
    if (word !== undefined) this.#next += 1;
    return word;
  }

  #expect(word: Word): void {
    if (this.#accept([word]) === undefined) throw this.#unexpected(this.#peek(), `"${word}"`);
  }

  #mustBeCondition(expression: Expression, start: number): void {
    if (isCondition(expression)) return;
    throw new ExpressionError('this is a number where a condition is needed; compare it with something', start);
  }

  #unexpected(token: Token, wanted: string): ExpressionError {
    const found =
      token.kind === 'end' ? 'the expression ends' : JSON.stringify(this.#text.slice(token.start, token.end));
    return new ExpressionError(`${found} where ${wanted} is needed`, token.start);
  }
}

function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(FUNCTIONS, name);
}
