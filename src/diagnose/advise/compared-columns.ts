/** How a statement compares columns of a table. */
export interface ComparedColumns {
  /** Compared for equality, in their order. */
  readonly equal: readonly string[];
  /** Compared by size. */
  readonly range: readonly string[];
  /** Asked whether they contain something: texts, arrays, documents (`@@`, `@>`, `&&`). */
  readonly contained: readonly string[];
}

const CONDITION = /(?:(\w+)\.)?"?(\w+)"?\s*(=|<=|>=|<|>|@@|@>|&&|\bin\b|\bbetween\b)(?!>)/gi;
const SIZE = new Set(['<', '>', '<=', '>=', 'between']);
const CONTENT = new Set(['@@', '@>', '&&']);

/**
 * The columns of a table that the WHERE and ON clauses of a statement compare. It reads the text and does not know the schema: a column without the
 * name of its table counts where the table is read closest before it.
 *
 * @param text as `pg_stat_statements` has it, with `$1` for values.
 *
 * @example comparedColumns('SELECT * FROM documents d WHERE d.id = $1', 'documents').equal // ['id']
 */
export function comparedColumns(text: string, table: string): ComparedColumns {
  const found = { equal: new Set<string>(), range: new Set<string>(), contained: new Set<string>() };
  for (const { clause, alias } of clausesOf(text, table)) {
    for (const [, owner, column = '', operator = ''] of clause.matchAll(CONDITION)) {
      if (owner === undefined ? alias !== undefined : owner.toLowerCase() !== (alias ?? table).toLowerCase()) continue;
      const kind = CONTENT.has(operator) ? 'contained' : SIZE.has(operator.toLowerCase()) ? 'range' : 'equal';
      found[kind].add(column);
    }
  }
  return { equal: [...found.equal], range: [...found.range], contained: [...found.contained] };
}

const NO_ALIAS =
  /^(?:where|on|join|left|right|inner|cross|full|group|order|limit|offset|using|set|as|natural|for|union)$/i;

/** What follows each place where the table is read, up to the end of that query. */
function clausesOf(text: string, table: string): { readonly clause: string; readonly alias: string | undefined }[] {
  const place = new RegExp(String.raw`\b(?:from|join|update)\s+(?:\w+\.)?"?${table}"?(?:\s+(?:as\s+)?(\w+))?`, 'gi');
  return [...text.matchAll(place)].map(({ 0: all, 1: word, index }) => {
    const alias = word === undefined || NO_ALIAS.test(word) ? undefined : word;
    const rest = ofThisQuery(text.slice(index + all.length - (alias === undefined ? (word ?? '').length : 0)));
    const conditions = /\b(?:where|on)\b([\s\S]*?)(?:\b(?:group|order)\s+by\b|\blimit\b|\boffset\b|\breturning\b|$)/gi;
    return { clause: [...rest.matchAll(conditions)].map(([, own = '']) => own).join(' AND '), alias };
  });
}

/** Up to the bracket that ends the query. */
function ofThisQuery(text: string): string {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (depth < 0) return text.slice(0, at);
  }
  return text;
}
