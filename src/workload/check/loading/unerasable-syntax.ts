import { isNode, type SyntaxNode, walk } from '../processor/syntax-tree.ts';

/** Syntax that stops Node from running a TypeScript file, and where it begins in the text. */
export interface Unerasable {
  readonly what: string;
  readonly offset: number;
}

/** Syntax with a meaning at run time, by the type of its node. Node takes types away and does not compile. */
const KINDS: Readonly<Record<string, string>> = {
  TSEnumDeclaration: 'an enum',
  TSModuleDeclaration: 'a namespace',
  TSParameterProperty: 'a parameter property (constructor(private x …))',
  TSImportEqualsDeclaration: 'import … = …',
  TSExportAssignment: 'export = …',
  TSTypeAssertion: 'a type assertion in angle brackets (<T>x; write x as T)',
  Decorator: 'a decorator',
};

/** The first thing in a TypeScript file that Node 24 cannot run. */
export function unerasableSyntax(program: SyntaxNode): Unerasable | undefined {
  let first: Unerasable | undefined;
  walk(program, (node) => {
    const what = KINDS[node.type];
    if (what === undefined || isOnlyType(node)) return;
    const offset = Number(node.start);
    if (first === undefined || offset < first.offset) first = { what, offset };
  });
  return first;
}

function isOnlyType(node: SyntaxNode): boolean {
  if (node.declare === true || node.importKind === 'type') return true;
  if (node.type !== 'TSModuleDeclaration') return false;
  const body: unknown = isNode(node.body) ? node.body.body : [];
  return node.kind !== 'module' && Array.isArray(body) && body.filter(isNode).every(declaresType);
}

function declaresType(node: SyntaxNode): boolean {
  const inner = node.type === 'ExportNamedDeclaration' && isNode(node.declaration) ? node.declaration : node;
  return ['TSInterfaceDeclaration', 'TSTypeAliasDeclaration'].includes(inner.type) || isOnlyType(inner);
}
