// `node --conditions @vendorkit/source typescript.cjs file.ts`: runs TypeScript as the tests do, for the
// processes that a test starts and kills. Node 20 cannot do it by itself.
const { transformFileSync } = require('@swc/core');

const options = {
  jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
  module: { type: 'commonjs' },
};

require.extensions['.ts'] = (module, file) => {
  module['_compile'](transformFileSync(file, options).code, file);
};

require(require('node:path').resolve(process.argv[2]));
