/**
 * Returns whether an id of ECS's events and of a service's `deployments` (`ecs-svc/…`) names this service revision: its
 * number ends the revision's ARN. No page says so, but every recorded pair agrees. Unknown: ecs-svc-number.
 */
export function isNumberOf(id: string, revisionArn: string): boolean {
  const [, number] = /^ecs-svc\/(\d+)$/.exec(id) ?? [];
  return number !== undefined && revisionArn.endsWith(`/${number}`);
}
