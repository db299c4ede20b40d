// How Jest reads TypeScript: as Node itself does it when this project runs, by erasing types. Spaces stand in their place,
// so that each line and column stays what it is and no source map is needed.
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { stripTypeScriptTypes } = require('node:module');

// What it makes of a source depends on Node and on this file as well.
const MAKER = process.version + readFileSync(__filename, 'utf8');

module.exports = {
  process: (source) => ({ code: stripTypeScriptTypes(source) }),
  // Jest instruments code for coverage before it keeps it.
  getCacheKey: (source, path, { instrument }) =>
    createHash('sha256')
      .update(JSON.stringify([MAKER, instrument, path, source]))
      .digest('hex'),
};
