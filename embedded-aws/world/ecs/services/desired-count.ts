import { invalid } from '../errors.ts';

/** "Tasks per service": https://docs.aws.amazon.com/general/latest/gr/ecs-service.html */
const MAX_TASKS = 5000;

/**
 * Returns the number of tasks that a request wants of a service; `before` where it says none. No page names the error
 * or the message of a number out of bounds.
 * @throws AwsError InvalidParameterException
 */
export function desiredCount(wanted: number | undefined, before: number): number {
  if (wanted === undefined) return before;
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > MAX_TASKS)
    throw invalid(`The desired count ${wanted} must be a whole number from 0 to ${MAX_TASKS}.`);
  return wanted;
}
