/** A node of a syntax tree (ESTree), as far as it is looked at here. */
export interface SyntaxNode {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Whether a value is a node. */
export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** Visits a node and all below it, parents before children. */
export function walk(
  node: SyntaxNode,
  visit: (node: SyntaxNode, parent: SyntaxNode | undefined) => void,
  parent?: SyntaxNode,
): void {
  visit(node, parent);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) walk(child, visit, node);
    }
  }
}

/** Whether a node is an identifier of this name. */
export function isIdentifier(node: unknown, name: string): node is SyntaxNode {
  return isNode(node) && node.type === 'Identifier' && node.name === name;
}

/** The name of `object.name` or `object['name']`; undefined where it is computed. */
export function memberName(node: SyntaxNode): string | undefined {
  return node.type === 'MemberExpression' ? keyName(node.property, node.computed === true) : undefined;
}

/** What `require('…')` names; undefined for anything else. */
export function requiredModule(node: unknown): string | undefined {
  if (!isNode(node) || node.type !== 'CallExpression' || !isIdentifier(node.callee, 'require')) return undefined;
  const [argument] = Array.isArray(node.arguments) ? node.arguments : [];
  return textOf(argument);
}

/** The text of a text literal. */
export function textOf(node: unknown): string | undefined {
  return isNode(node) && node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

/** The keys of an object literal, and what is spread into it. */
export interface ObjectKeys {
  readonly names: readonly string[];
  readonly spread: readonly SyntaxNode[];
  /** Whether a key is computed. */
  readonly isOpen: boolean;
}

/** Reads an object literal. */
export function objectKeys(node: SyntaxNode): ObjectKeys {
  const properties = (Array.isArray(node.properties) ? node.properties : []).filter(isNode);
  const names = properties.map(({ key, computed }) => keyName(key, computed === true));
  const spread = properties.flatMap(({ type, argument }) =>
    type === 'SpreadElement' && isNode(argument) ? [argument] : [],
  );
  const known = names.filter((name) => name !== undefined);
  return { names: known, spread, isOpen: known.length + spread.length < properties.length };
}

function keyName(key: unknown, computed: boolean): string | undefined {
  const text = textOf(key);
  if (text !== undefined) return text;
  return !computed && isNode(key) && key.type === 'Identifier' && typeof key.name === 'string' ? key.name : undefined;
}
