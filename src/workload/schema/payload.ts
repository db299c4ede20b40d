import { z } from 'zod';
import { anyMap, choice, oneOrMore, setting } from './scalars.ts';
import { section } from './wording.ts';

const file = section('a CSV file', {
  path: z.string().min(1).describe('Where the CSV file is, relative to the test file').optional(),
  fields: z
    .array(z.string())
    .describe('The name for each column, in the order of the columns; {{ name }} is its value in the row of a user')
    .optional(),
  order: choice(['random', 'sequence'])
    .describe('Which row a user gets: random (the default), or sequence: one after the other')
    .optional(),
  skipHeader: setting.describe('true when the first row holds the names of the columns (default: false)').optional(),
  delimiter: z.string().min(1).describe('What stands between two values (default: a comma)').optional(),
  cast: setting
    .describe(
      'true turns texts that look like numbers or truth values into such; false leaves 007 as it is (default: true)',
    )
    .optional(),
  skipEmptyLines: setting.describe('Whether empty lines are left out (default: true)').optional(),
  loadAll: setting.describe('true gives every user all rows, as a list in the variable that "name" names').optional(),
  name: z.string().describe('Name of the variable that holds all rows; with loadAll').optional(),
  options: anyMap.describe('More options of the CSV reader (csv-parse)').optional(),
}).meta({ id: 'csvFile', description: 'A CSV file' });

/** `config.payload`. */
export const payload = oneOrMore('a CSV file', file).describe(
  'Data from CSV files: every user gets one row of each, and its columns as variables',
);
