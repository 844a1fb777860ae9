import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from '@jest/globals';

const root = path.resolve(__dirname, '../../..');

interface Report {
  testResults: {
    assertionResults: { title: string; status: string; failureMessages: string[] }[];
  }[];
}

test('a test that lets a secret out fails, and no other does', () => {
  const config = {
    rootDir: root,
    testMatch: ['**/tooling/canary/test/fixtures/leaks.ts'],
    setupFilesAfterEnv: [path.join(root, 'tooling/canary/setup.ts')],
    transform: {
      '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
    },
  };
  const jest = path.join(root, 'node_modules/jest/bin/jest.js');
  const { stdout } = spawnSync(
    process.execPath,
    [jest, '--config', JSON.stringify(config), '--json', '--runInBand', '--watchman=false'],
    { cwd: root, encoding: 'utf8' },
  );
  // What the tests print stands before the report.
  const report = JSON.parse(stdout.slice(stdout.indexOf('{"num'))) as Report;
  const results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  expect(results.map(({ title, status }) => [title, status])).toEqual([
    ['keeps its secrets', 'passed'],
    ['prints one', 'failed'],
    ['logs one to the console', 'failed'],
    ['publishes one', 'failed'],
    ['shows one in an error', 'failed'],
    ['keeps its secrets again', 'passed'],
  ]);
  const messages = results.flatMap(({ failureMessages }) => failureMessages);
  expect(
    messages.map((message) =>
      /canaries\.otp in [^(]*/
        .exec(message)?.[0]
        .trim()
        .replace(/at message$/, 'at stack'),
    ),
  ).toEqual([
    'canaries.otp in process.stdout',
    'canaries.otp in console.log',
    'canaries.otp in event vendorkit:warning, member message',
    'canaries.otp in a watched value at stack',
  ]);
}, 60_000);
