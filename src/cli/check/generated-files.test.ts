import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generatedFiles } from './generated-files.ts';

test.each(Object.entries(generatedFiles()))('%s is what npm run generate writes', (path, content) => {
  const committed = readFileSync(path, 'utf8');
  // The formatter lays JSON out in its own way.
  if (path.endsWith('.json')) expect(JSON.parse(committed)).toEqual(JSON.parse(content));
  else expect(committed).toBe(content);
});
