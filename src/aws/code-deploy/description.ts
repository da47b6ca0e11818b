const OURS = 'Lastgood rollback ';

/** What earlier versions wrote for services of ECS. Their deployments are ours too. */
const OURS_BEFORE = 'Lastgood goes back: ';

/**
 * Returns what a deployment of ours says of itself. A retry finds by it what an earlier try made.
 * @param execution ARN of the Step Functions execution, whose name is the rollback's own
 */
export function descriptionOf(execution: string): string {
  return `${OURS}${execution.slice(execution.lastIndexOf(':') + 1)}`;
}

/** Says whether a deployment is a way back of ours: it is never rolled back. */
export function isOurs({ description }: { readonly description: string }): boolean {
  return description.startsWith(OURS) || description.startsWith(OURS_BEFORE);
}
