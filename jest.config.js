/** Every package's tests, run against the sources of every package. */
export default {
  testMatch: ['**/test/**/*.test.ts'],
  testEnvironmentOptions: { customExportConditions: ['@vendorkit/source', 'node', 'require', 'default'] },
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
  },
  modulePathIgnorePatterns: ['/dist/'],
  restoreMocks: true,
};
