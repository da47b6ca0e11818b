import { REHEARSAL_PREFIX } from '../../rollback/rehearsal-prefix.ts';

const PREFIX = 'Lastgood rollback ';

/** The prefix of earlier versions, for ECS services. Their deployments are Lastgood's too. */
const OLD_PREFIX = 'Lastgood goes back: ';

/**
 * Returns the description of a deployment that Lastgood creates. A retry finds by it the deployment of an earlier try.
 * @param execution ARN of the Step Functions execution
 */
export function descriptionOf(execution: string): string {
  return `${PREFIX}${execution.slice(execution.lastIndexOf(':') + 1)}`;
}

/**
 * Says whether a deployment is a way back by Lastgood. Such a deployment is never rolled back. A rehearsal does not go
 * back from harm.
 */
export function isOurs({ description }: { readonly description: string }): boolean {
  if (description.startsWith(`${PREFIX}${REHEARSAL_PREFIX}`)) return false;
  return description.startsWith(PREFIX) || description.startsWith(OLD_PREFIX);
}
