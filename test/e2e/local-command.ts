import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { exportsOf, type Greeting } from '../../local/serve/greeting.ts';

/** The command `npm run local` as a user starts it: another process. */
export interface LocalCommand {
  readonly process: ChildProcess;
  /** Resolves with the exit status. */
  readonly ended: Promise<number | null>;
  readonly stdout: string;
  readonly stderr: string;
  /** Returns the first line on standard output. */
  greeting(): Promise<Greeting>;
  /** Resolves once it is on standard error. Rejects after 100 seconds, with what is there instead. */
  says(text: string): Promise<void>;
}

const SAYS_WITHIN_MS = 100_000;

export function startLocal(...options: readonly string[]): LocalCommand {
  const child = spawn(process.execPath, ['scripts/run.cjs', 'local/cli/serve.ts', ...options]);
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (said.stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (said.stderr += String(chunk)));
  return {
    process: child,
    ended: once(child, 'close').then(([code]) => code as number | null),
    get stdout() {
      return said.stdout;
    },
    get stderr() {
      return said.stderr;
    },
    greeting: async () => {
      while (!said.stdout.includes('\n')) {
        if (child.exitCode !== null) throw new Error(said.stderr);
        await setTimeout(20);
      }
      return JSON.parse(said.stdout.split('\n')[0] ?? '') as Greeting;
    },
    says: async (text) => {
      const deadline = Date.now() + SAYS_WITHIN_MS;
      while (!said.stderr.includes(text)) {
        if (child.exitCode !== null || Date.now() > deadline)
          throw new Error(`no "${text}" in:\n${said.stderr}`);
        await setTimeout(20);
      }
    },
  };
}

/** Returns the variables that its export lines set. */
export function environmentOf(greeting: Greeting): Readonly<Record<string, string>> {
  const lines = [...exportsOf(greeting).matchAll(/^export (\w+)='(.*)'$/gm)];
  return Object.fromEntries(lines.map(([, name = '', value = '']) => [name, value]));
}
