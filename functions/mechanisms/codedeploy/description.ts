/** Deployments of ours are told by their description: a retry finds what an earlier try made, and nobody rolls it back. */
const OURS = 'Lastgood rollback ';

/** @param execution ARN of the Step Functions execution, whose name is the rollback's own */
export function descriptionOf(execution: string): string {
  return `${OURS}${execution.slice(execution.lastIndexOf(':') + 1)}`;
}

export function isOurs(description: string): boolean {
  return description.startsWith(OURS);
}
