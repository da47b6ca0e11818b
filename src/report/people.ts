const MEMBER = /\bslack:([UW][A-Z0-9]{1,30})\b/g;

/** Names the people in a sentence as a page can: only Slack knows the name behind a member id. */
export function withPeople(sentence: string): string {
  return sentence.replaceAll(MEMBER, 'Slack member $1');
}

/** Names a person. The end of an ARN is the name of a user or of a session. */
export function personIn(by: string): string {
  return by.startsWith('arn:') ? by.slice(by.lastIndexOf('/') + 1) : withPeople(by);
}
