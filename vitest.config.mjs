import { defineConfig } from 'vitest/config';

/** Files with tests of one kind. */
function project(name, include) {
  return { extends: true, test: { name, include } };
}

export default defineConfig({
  test: {
    // Integration and end-to-end tests wait for real processes; a hanging one still ends.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Processes, since tests set variables of the environment and look at signals. Files share what they load: loading it again
    // for each of them took most of the time.
    pool: 'forks',
    isolate: false,
    maxWorkers: 2,
    projects: [
      project('unit', [
        '{src,plugins,processors,scripts}/**/*.test.ts',
        '{src,plugins,processors}/**/*.prop.test.ts',
        'fixtures/platform/src/**/*.test.ts',
      ]),
      project('integration', ['test/integration/**/*.test.ts']),
      project('e2e', ['test/e2e/**/*.test.ts']),
    ],
  },
});
