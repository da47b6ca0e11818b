/** Matches the colours and cursor movements of a terminal: they could divide a secret. */
// eslint-disable-next-line no-control-regex -- control characters are what it removes
const CONTROL = /\u001b\[[0-9;?]*[ -/]*[@-~]|[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** Longest message that is looked at. A message of CloudWatch Logs may have a megabyte. */
const MAX_CHARACTERS = 4_000;

/** Returns a log message without control characters. */
export function textOf(message: string): string {
  return message.slice(0, MAX_CHARACTERS).replaceAll(CONTROL, '').trim();
}
