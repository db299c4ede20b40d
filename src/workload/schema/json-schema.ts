import { z } from 'zod';
import { journeyFile, testScript } from './test-script.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The JSON Schema (draft 2020-12) of test files, for editors. */
export function testJsonSchema(): JsonSchema {
  const schema = toJsonSchema(testScript);
  return {
    ...schema,
    title: 'A load test of Proving Ground (Artillery 2.0.34)',
    if: NAMES_AN_ENGINE,
    ...anyScenarios(schema),
  };
}

/** The JSON Schema (draft 2020-12) of files that tests include, for editors. */
export function journeyJsonSchema(): JsonSchema {
  return { ...toJsonSchema(journeyFile), title: 'A journey of Proving Ground (Artillery 2.0.34)' };
}

/** `config.engine` other than http: what scenarios without an engine of their own may hold is not known. */
const NAMES_AN_ENGINE = {
  required: ['config'],
  properties: { config: { required: ['engine'], properties: { engine: { not: { enum: ['http', 'undici'] } } } } },
};

function anyScenarios({ properties = {} }: JsonSchema): JsonSchema {
  const { scenarios, before, after, ...rest } = properties;
  return {
    properties: { ...rest, before: true, scenarios: true, after: true },
    // Where people put YAML anchors.
    patternProperties: { '^x-': true },
    else: { properties: { before, scenarios, after } as Record<string, JsonSchema> },
  };
}

function toJsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // zod's bounds of what a JavaScript number can hold say nothing to a person.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      delete jsonSchema.propertyNames;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
}
