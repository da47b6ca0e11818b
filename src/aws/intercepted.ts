/** Sends a command, or answers in place of AWS. */
export type Intercept = (command: unknown, send: () => unknown) => unknown;

/** Returns a client whose calls go through `sent`. It remains an instance of its class, which paginators require. */
export function intercepted<Client>(client: Client, sent: Intercept): Client {
  if (typeof client !== 'object' || client === null) return client;
  return new Proxy(client, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') return value;
      const call = (...given: unknown[]): unknown => Reflect.apply(value, target, given);
      return key === 'send' ? (...given: unknown[]) => sent(given[0], () => call(...given)) : call;
    },
  });
}

/** The operations that only read, by their first word. Every other operation counts as a write. */
const READS = /^(?:Describe|List|Get|BatchGet|Lookup|Head)[A-Z]/;

export function isRead(command: unknown): boolean {
  return READS.test(operationOf(command));
}

/** Reads the operation's name from the schema of a command, because bundling renames classes. */
export function operationOf(command: unknown): string {
  const schema = typeof command === 'object' && command !== null && 'schema' in command && command.schema;
  return Array.isArray(schema) ? String(schema[2]) : '';
}
