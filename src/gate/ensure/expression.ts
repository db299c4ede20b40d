/** What a rule of `config.ensure` says, as a tree. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'metric'; readonly name: string }
  | { readonly kind: 'negation'; readonly operand: Expression }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'call'; readonly callee: FunctionName; readonly parameters: readonly Expression[] }
  | Comparison
  | {
      readonly kind: 'membership';
      readonly negated: boolean;
      readonly subject: Expression;
      readonly set: readonly Expression[];
    }
  | { readonly kind: 'logic'; readonly operator: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'not'; readonly operand: Expression }
  | { readonly kind: 'choice'; readonly condition: Expression; readonly yes: Expression; readonly no: Expression };

/** `left operator right`; `subject` is the text of the left side, for tables. */
export interface Comparison {
  readonly kind: 'comparison';
  readonly operator: ComparisonOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly subject: string;
}

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '^';
export type ComparisonOperator = '<' | '<=' | '>' | '>=' | '==' | '!=';

/** The functions of filtrex, without `random`: a verdict that is drawn by lot is none. */
export const FUNCTIONS = {
  abs: Math.abs,
  ceil: Math.ceil,
  floor: Math.floor,
  log: Math.log,
  max: Math.max,
  min: Math.min,
  round: Math.round,
  sqrt: Math.sqrt,
} as const;

export type FunctionName = keyof typeof FUNCTIONS;

/** Whether a tree answers yes or no, rather than a number. */
export function isCondition(expression: Expression): boolean {
  switch (expression.kind) {
    case 'comparison':
    case 'membership':
    case 'logic':
    case 'not':
      return true;
    case 'choice':
      return isCondition(expression.yes) && isCondition(expression.no);
    case 'number':
    case 'metric':
    case 'negation':
    case 'arithmetic':
    case 'call':
      return false;
  }
}
