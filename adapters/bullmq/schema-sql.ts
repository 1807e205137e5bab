// BullMQ's statements name its tables and functions without their schema, and count on the connection's search_path.
// Ours cannot: the pool is shared, and the embedded PostgreSQL has one session for all. So the schema is written in.

export interface SchemaNames {
  readonly tables: readonly string[];
  readonly functions: readonly string[];
  readonly types: readonly string[];
}

/** Lists what the schema `$1` holds, as rows of `kind` (`table`, `function`, `type`) and `name`. */
export const LIST_NAMES = `
  SELECT 'table' AS kind, c.relname AS name FROM pg_class c
   WHERE c.relnamespace = to_regnamespace($1) AND c.relkind = 'r'
  UNION SELECT 'function', p.proname FROM pg_proc p WHERE p.pronamespace = to_regnamespace($1)
  UNION SELECT 'type', t.typname FROM pg_type t WHERE t.typnamespace = to_regnamespace($1) AND t.typtype = 'e'`;

/** A function that writes `schema` before every name of `names` in a statement. */
export function qualifier(schema: string, names: SchemaNames): (statement: string) => string {
  const any = (list: readonly string[]) => (list.length > 0 ? list.join('|') : '(?!)');
  const calls = new RegExp(`(?<![.\\w"])(${any(names.functions)})(?=\\s*\\()`, 'g');
  const tables = new RegExp(`\\b(FROM|JOIN|INTO|UPDATE)(\\s+)(${any(names.tables)})\\b(?!\\s*\\(\\$)`, 'gi');
  const types = new RegExp(`::(${any(names.types)})\\b`, 'g');
  const known = new Map<string, string>();
  return (statement) => {
    let qualified = known.get(statement);
    if (qualified === undefined) {
      qualified = statement
        .replaceAll(calls, `${schema}.$1`)
        .replaceAll(tables, `$1$2${schema}.$3`)
        .replaceAll(types, `::${schema}.$1`);
      known.set(statement, qualified);
    }
    return qualified;
  };
}
