/** Every package's tests, run against the sources of every package. No service is needed. */
export default {
  testMatch: ['**/test/**/*.test.ts'],
  testEnvironmentOptions: {
    customExportConditions: ['@vendorkit/source', 'node', 'require', 'default'],
  },
  transform: {
    '\\.[tj]s$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
  },
  // An absolute path, because a package's own run has another root.
  setupFilesAfterEnv: [new URL('tooling/canary/setup.ts', import.meta.url).pathname],
  modulePathIgnorePatterns: ['/dist/'],
  restoreMocks: true,
};
