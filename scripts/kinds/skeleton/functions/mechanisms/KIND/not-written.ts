/** Thrown by what is not written yet. Delete this file with the last of it. */
export function notWritten(what: string): never {
  throw new Error(`KIND: ${what} is not written yet`);
}
