import { expect, test } from 'vitest';
import { comparedColumns } from './compared-columns.ts';

test.each([
  ['SELECT title FROM documents WHERE id = $1', { equal: ['id'], range: [], contained: [] }],
  [
    'SELECT d.title FROM documents d JOIN page p ON d.id = p.id WHERE p.rank > $1',
    { equal: ['id'], range: [], contained: [] },
  ],
  [
    'SELECT count(*) FROM (SELECT type FROM documents WHERE search @@ websearch_to_tsquery($1, $2) AND severity >= $3 LIMIT $4) AS counted',
    { equal: [], range: ['severity'], contained: ['search'] },
  ],
  [
    'SELECT source, count(*) FROM documents WHERE published_at >= $1 AND published_at < $2 GROUP BY source HAVING count(*) > $3',
    { equal: [], range: ['published_at'], contained: [] },
  ],
  ['UPDATE documents SET title = $1 WHERE id = $2 RETURNING source', { equal: ['id'], range: [], contained: [] }],
  [
    'SELECT u.name FROM users u LEFT JOIN documents AS d ON d.owner_id = u.id WHERE u.id IN ($1)',
    { equal: ['owner_id'], range: [], contained: [] },
  ],
  [
    'SELECT title FROM "documents" WHERE tags @> ARRAY[$1] AND type = $2',
    { equal: ['type'], range: [], contained: ['tags'] },
  ],
  ['SELECT name FROM users WHERE id = $1', { equal: [], range: [], contained: [] }],
])('the columns of documents in %s', (text, columns) => {
  expect(comparedColumns(text, 'documents')).toEqual(columns);
});
