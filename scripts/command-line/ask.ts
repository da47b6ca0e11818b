import { createInterface, type ReadLineOptions } from 'node:readline/promises';

/**
 * Asks a person at the terminal.
 * @returns the answer; an empty one after Ctrl-C or Ctrl-D, which end the question and not the process
 */
export async function ask(
  question: string,
  options: ReadLineOptions = { input: process.stdin, output: process.stdout },
): Promise<string> {
  const terminal = createInterface(options);
  const ended = new AbortController();
  for (const event of ['SIGINT', 'close']) terminal.once(event, () => ended.abort());
  try {
    return await terminal.question(question, { signal: ended.signal });
  } catch (error) {
    if (!ended.signal.aborted) throw error;
    options.output?.write('\n');
    return '';
  } finally {
    terminal.close();
  }
}
