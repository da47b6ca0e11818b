import { AsyncLocalStorage } from 'node:async_hooks';

/** Receives the output of one invocation. */
type OnText = (text: string) => void;

const outputs = new AsyncLocalStorage<OnText>();

/** Runs the work. What it writes to the terminal goes to `onText` instead, as that of a thread does. */
export function withOutput<T>(onText: OnText, work: () => Promise<T>): Promise<T> {
  return outputs.run(onText, work);
}

function take(stream: NodeJS.WriteStream): void {
  const write = stream.write.bind(stream) as (...given: unknown[]) => boolean;
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    const onText = outputs.getStore();
    if (onText === undefined) return write(chunk, ...rest);
    onText(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    const written = rest.at(-1);
    if (isCallback(written)) written();
    return true;
  };
}

// At once: a spinner that replaces `write` for a while then puts this one back.
for (const stream of [process.stdout, process.stderr]) take(stream);

function isCallback(given: unknown): given is () => void {
  return typeof given === 'function';
}
