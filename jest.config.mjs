// Real ES modules, as Node runs them: the plugins and the platform use import.meta and ESM-only packages.
const shared = {
  extensionsToTreatAsEsm: ['.ts'],
  // Types are erased by Node itself, as in production.
  transform: { '^.+\\.ts$': '<rootDir>/scripts/jest-transform.cjs' },
  modulePathIgnorePatterns: ['/dist/', '/reports/', '/\\.data/'],
  testEnvironment: 'node',
};

/** @type {import('jest').Config} */
export default {
  // Integration and end-to-end tests wait for real processes; a hanging one still ends.
  testTimeout: 120_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/{src,plugins,processors,scripts}/**/*.test.ts',
        '<rootDir>/{src,plugins,processors}/**/*.prop.test.ts',
        '<rootDir>/fixtures/platform/src/**/*.test.ts',
      ],
    },
    { ...shared, displayName: 'integration', testMatch: ['<rootDir>/test/integration/**/*.test.ts'] },
    { ...shared, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.test.ts'] },
  ],
};
