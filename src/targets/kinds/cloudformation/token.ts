const PREFIX = 'lastgood-';

/** Letters, digits and hyphens, up to 128 (API_CancelUpdateStack, AWS CloudFormation). */
const MAX_CHARACTERS = 128;

/**
 * Returns the request token of a rung, so that a retry of the same rung is the same request.
 * @param execution ARN of the Step Functions execution
 */
export function tokenOf(execution: string, rung: string): string {
  const name = execution.slice(execution.lastIndexOf(':') + 1).replaceAll(/[^A-Za-z0-9-]/g, '-');
  const most = MAX_CHARACTERS - PREFIX.length - rung.length - 1;
  return `${PREFIX}${name.slice(0, most)}-${rung}`;
}

/** Says whether a request with this token came from Lastgood. */
export function isOurs(token: string): boolean {
  return token.startsWith(PREFIX);
}
