import { join } from 'node:path';
import { baselineJsonSchema } from '../../gate/baseline/index.ts';
import { capacityJsonSchema } from '../../gate/capacity/index.ts';
import { gateJsonSchema } from '../../gate/regression/index.ts';
import { runJsonSchema } from '../../record/run-record.ts';
import { systemJsonSchema } from '../../record/system/system-record.ts';
import { journeyJsonSchema, testJsonSchema } from '../../workload/schema/index.ts';
import { FIXTURES, faultsPage } from './faults-page.ts';
import { fixtureOptions } from './fixture-options.ts';

/** Files of the repository that are made from code, by path; the working directory must be its root. */
export function generatedFiles(): Readonly<Record<string, string>> {
  return {
    'schema/test.schema.json': asText(testJsonSchema()),
    'schema/journey.schema.json': asText(journeyJsonSchema()),
    'schema/run.schema.json': asText(runJsonSchema()),
    'schema/gate.schema.json': asText(gateJsonSchema()),
    'schema/baseline.schema.json': asText(baselineJsonSchema()),
    'schema/capacity.schema.json': asText(capacityJsonSchema()),
    'schema/system.schema.json': asText(systemJsonSchema()),
    'docs/faults.md': faultsPage((code) => fixtureOptions(join(FIXTURES, code, 'test.yml'))),
  };
}

function asText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
