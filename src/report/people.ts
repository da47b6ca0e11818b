/** Names a person as a page can: the end of an ARN, or the member id of a Slack workspace. */
export function personIn(by: string): string {
  const [, member] = /^slack:([UW][A-Z0-9]{1,30})$/.exec(by) ?? [];
  if (member !== undefined) return `Slack member ${member}`;
  return by.startsWith('arn:') ? by.slice(by.lastIndexOf('/') + 1) : by;
}
