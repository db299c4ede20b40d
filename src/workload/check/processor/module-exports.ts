import type { EcmaScriptModule } from 'oxc-parser';
import { isIdentifier, isNode, memberName, objectKeys, requiredModule, type SyntaxNode, walk } from './syntax-tree.ts';

/** What a module exports, as far as its text says. */
export interface ModuleExports {
  readonly names: readonly string[];
  /** Modules whose exports are exported as well. */
  readonly from: readonly string[];
  /** false: it may export more than that. */
  readonly isComplete: boolean;
}

const NOTHING: ModuleExports = { names: [], from: [], isComplete: true };
const ANYTHING: ModuleExports = { names: [], from: [], isComplete: false };

/** The exports of an ES module. The keys of an object that is its default export count too, as Artillery spreads them. */
export function esModuleExports(module: EcmaScriptModule, program: SyntaxNode): ModuleExports {
  const entries = module.staticExports.flatMap((statement) => statement.entries).filter(({ isType }) => !isType);
  const stars = entries.flatMap(({ importName, exportName, moduleRequest }) =>
    importName.kind === 'AllButDefault' && exportName.kind === 'None' && moduleRequest ? [moduleRequest.value] : [],
  );
  const names = entries.flatMap(({ exportName }) => (exportName.name === null ? [] : [exportName.name]));
  const declarations = bindingsOf(program);
  const body = Array.isArray(program.body) ? program.body.filter(isNode) : [];
  const defaults = body.flatMap(({ type, declaration, expression }) => {
    if (type === 'TSExportAssignment') return [exportsOf(expression, declarations)];
    return type === 'ExportDefaultDeclaration' ? [exportsOf(declaration, declarations)] : [];
  });
  return together([{ names, from: stars, isComplete: true }, ...defaults]);
}

/** The exports of a CommonJS module: everything that is assigned to `exports` and `module.exports` anywhere. */
export function commonJsExports(program: SyntaxNode): ModuleExports {
  const declarations = bindingsOf(program);
  const found: ModuleExports[] = [];
  walk(program, (node, parent) => {
    if (isExportsObject(node)) found.push(useOfExports(node, parent));
    // At the top of a CommonJS module, `this` is its exports.
    if (node.type === 'ThisExpression' && parent?.type === 'MemberExpression') found.push(useOfExports(node, parent));
    if (node.type === 'AssignmentExpression' && isExportsObject(node.left)) {
      found.push(exportsOf(node.right, declarations));
    }
  });
  return together(found);
}

/** What follows from one place that mentions `exports` or `module.exports`. */
function useOfExports(node: SyntaxNode, parent: SyntaxNode | undefined): ModuleExports {
  if (parent === undefined) return ANYTHING;
  if (parent.type === 'MemberExpression' && parent.object === node) {
    const name = memberName(parent);
    return name === undefined ? ANYTHING : { ...NOTHING, names: [name] };
  }
  // The word is also a key: of `module.exports`, and perhaps of objects.
  if (parent.property === node || parent.key === node) return NOTHING;
  // `module.exports = …` is read by its right side.
  if (parent.type === 'AssignmentExpression') return NOTHING;
  return isDefinition(parent, node) ?? ANYTHING;
}

/** `Object.defineProperty(exports, 'name', …)`, which compilers write. */
function isDefinition(call: SyntaxNode, exported: SyntaxNode): ModuleExports | undefined {
  const [target, name] = Array.isArray(call.arguments) ? call.arguments : [];
  const isDefine = isNode(call.callee) && memberName(call.callee) === 'defineProperty' && target === exported;
  const text = isNode(name) && typeof name.value === 'string' ? name.value : undefined;
  return isDefine && text !== undefined ? { ...NOTHING, names: [text] } : undefined;
}

function isExportsObject(node: unknown): boolean {
  if (isIdentifier(node, 'exports')) return true;
  return isNode(node) && isIdentifier(node.object, 'module') && memberName(node) === 'exports';
}

/** What a value brings that is exported as a whole. */
function exportsOf(value: unknown, bindings: Bindings): ModuleExports {
  if (!isNode(value)) return ANYTHING;
  if (value.type === 'ObjectExpression') {
    const { names, spread, isOpen } = objectKeys(value);
    return together([{ names, from: [], isComplete: !isOpen }, ...spread.map((part) => exportsOf(part, bindings))]);
  }
  const required = requiredModule(value);
  if (required !== undefined) return { names: [], from: [required], isComplete: true };
  if (/Function|^Class/.test(value.type)) return NOTHING;
  if (value.type === 'AssignmentExpression') return exportsOf(value.right, bindings);
  if (isExportsObject(value)) return NOTHING;
  return typeof value.name === 'string' ? boundExports(value.name, bindings) : ANYTHING;
}

function boundExports(name: string, bindings: Bindings): ModuleExports {
  const binding = bindings.get(name);
  if (binding === undefined) return ANYTHING;
  // Each name is looked up once, so that `a = b, b = a` ends.
  const rest = new Map(bindings);
  rest.delete(name);
  const { value, assigned } = binding;
  const whole = value === undefined ? ANYTHING : exportsOf(value, rest);
  return together([whole, { ...NOTHING, names: assigned }]);
}

interface Binding {
  readonly value: SyntaxNode | undefined;
  /** Properties that are assigned to it later: `helpers.signIn = …`. */
  readonly assigned: string[];
}

type Bindings = ReadonlyMap<string, Binding>;

/** The constants and functions of a module, by name. */
function bindingsOf(program: SyntaxNode): Bindings {
  const bindings = new Map<string, Binding>();
  walk(program, (node) => {
    const id = node.type === 'VariableDeclarator' || node.type === 'FunctionDeclaration' ? node.id : undefined;
    if (!isNode(id) || typeof id.name !== 'string') return;
    const value = node.type === 'VariableDeclarator' ? node.init : node;
    bindings.set(id.name, { value: isNode(value) ? value : undefined, assigned: [] });
  });
  walk(program, (node) => {
    const left = node.type === 'AssignmentExpression' && isNode(node.left) ? node.left : undefined;
    const owner = left !== undefined && isNode(left.object) ? left.object.name : undefined;
    const name = left === undefined ? undefined : memberName(left);
    if (typeof owner === 'string' && name !== undefined) bindings.get(owner)?.assigned.push(name);
  });
  return bindings;
}

function together(parts: readonly ModuleExports[]): ModuleExports {
  return {
    names: parts.flatMap(({ names }) => names),
    from: parts.flatMap(({ from }) => from),
    isComplete: parts.every(({ isComplete }) => isComplete),
  };
}
