import { afterAll, afterEach } from '@jest/globals';
import { canary } from './canary.ts';

// Runs before each test file: no test, in any package, may let a secret out.
canary.start();
afterEach(() => canary.check());
afterAll(() => {
  canary.stop();
  canary.check();
});
