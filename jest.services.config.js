import base from './jest.config.js';

/** The tests that need real servers. They fail, and do not skip, where one is missing. */
export default { ...base, testMatch: ['**/test/**/*.services.ts'], testTimeout: 30_000 };
