/** Where the demo writes: a drawn line that moves in a terminal, plain lines elsewhere. */
export interface Screen {
  /** A step begins. */
  title(text: string): void;
  /** A finished line below the step. */
  line(text: string): void;
  /** How far the step has come. */
  progress(done: number, total: number, note: string): void;
}

const barWidth = 30;

/** Makes the screen that suits an output. */
export function createScreen(output: NodeJS.WriteStream): Screen {
  const isTerminal = output.isTTY;
  let lastQuarter = -1;

  const clear = () => (isTerminal ? '\r\u001B[2K' : '');
  const write = (text: string) => output.write(`${clear()}${text}\n`);

  function progress(done: number, total: number, note: string): void {
    if (isTerminal) {
      const filled = Math.round((done / total) * barWidth);
      const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled);
      output.write(`${clear()}   ${bar} ${done}/${total}  ${note}`);
      if (done === total) output.write('\n');
      return;
    }
    const quarter = Math.floor((done / total) * 4);
    if (quarter !== lastQuarter) write(`   ${done}/${total}  ${note}`);
    lastQuarter = quarter;
  }

  return {
    title: (text) => {
      lastQuarter = -1;
      write(isTerminal ? `\n\u001B[1m${text}\u001B[0m` : `\n${text}`);
    },
    line: (text) => void write(`   ${text}`),
    progress,
  };
}
