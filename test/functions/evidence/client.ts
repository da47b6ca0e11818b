import type { Planned } from '../../../src/rollback/document.ts';
import type { Ready } from '../../../src/rollback/plan.ts';
import { ready, request } from '../../src/rollback/documents.ts';

export const never = new AbortController().signal;

/** Returns a document of a target with some of its plan. */
export function planned(target: string, plan: Partial<Ready> = {}, more: Partial<Planned> = {}): Planned {
  return { request: { ...request, target }, plan: { ...ready, ...plan }, ...more } as unknown as Planned;
}

type Input = Readonly<Record<string, unknown>>;

interface Call {
  readonly command: string;
  readonly input: Input;
}

/** Returns an SDK client that answers by the name of the command: with a value, an error, or what a function says. */
export function client(answers: Readonly<Record<string, unknown>>) {
  const calls: Call[] = [];
  const send = (command: { readonly input: Input }) => {
    const name = command.constructor.name.replace(/Command$/, '');
    calls.push({ command: name, input: command.input });
    const answer = answers[name];
    const said: unknown =
      typeof answer === 'function' ? (answer as (input: Input) => unknown)(command.input) : answer;
    return said instanceof Error ? Promise.reject(said) : Promise.resolve(said);
  };
  return { client: { send } as never, calls };
}

/** Returns an error of AWS by its name. */
export function awsError(name: string, message = 'no'): Error {
  return Object.assign(new Error(message), { name });
}
