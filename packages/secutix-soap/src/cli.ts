#!/usr/bin/env node
import { realpathSync } from 'node:fs';
import { runCommand } from './types/command/run-command.ts';

async function main(): Promise<void> {
  process.exitCode = await runCommand(process.argv.slice(2), {
    print: (text) => process.stdout.write(text),
    complain: (line) => process.stderr.write(`${line}\n`),
    // npm starts it through a symbolic link.
    program: realpathSync(process.argv[1] ?? '.'),
  });
}

// Whoever reads the output may have enough of it before its end.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

void main();
