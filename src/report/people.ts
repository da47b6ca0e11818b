import { withPeople } from '../rollback/readable.ts';

/** Names a person. The end of an ARN is the name of a user or of a session. */
export function personIn(by: string): string {
  return by.startsWith('arn:') ? by.slice(by.lastIndexOf('/') + 1) : withPeople(by);
}
