interface Command {
  readonly constructor: { readonly name: string };
  readonly input: object;
}

/** Answers by the name of the command, and records the calls. A function may fail the call. */
export function asAws(answers: Readonly<Record<string, (input: never) => unknown>>) {
  const calls: (readonly [name: string, input: object])[] = [];
  const send = async (command: Command): Promise<never> => {
    const name = command.constructor.name.replace(/Command$/, '');
    calls.push([name, command.input]);
    return Promise.resolve(answers[name]?.(command.input as never) as never);
  };
  return { send, calls };
}
