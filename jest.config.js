/** Every package's tests, run against the sources of every package. No service is needed. */
export default {
  testMatch: ['**/test/**/*.test.ts'],
  testEnvironmentOptions: {
    customExportConditions: ['@vendorkit/source', 'node', 'require', 'default'],
  },
  transform: {
    '\\.[tj]s$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
  },
  modulePathIgnorePatterns: ['/dist/'],
  restoreMocks: true,
};
