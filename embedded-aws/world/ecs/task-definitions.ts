import { taskDefinitionArn } from './arns.ts';
import { client } from './errors.ts';
import type { TaskDefinition } from './model.ts';
import type { EcsState } from './state.ts';

/** Finds `family`, `family:revision` or an ARN. A family alone means its newest ACTIVE revision. */
export function findTaskDefinition(ecs: EcsState, name: string): TaskDefinition | undefined {
  const [family = '', revision] = (name.split('task-definition/').at(-1) ?? name).split(':');
  const all = ecs.families.get(family) ?? [];
  if (revision === undefined) return all.findLast(({ status }) => status === 'ACTIVE');
  return all.find((one) => one.revision === Number(revision));
}

/**
 * Finds the task definition that a service is to run. An INACTIVE one can be described, but no service can be created
 * with it or updated to it. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeregisterTaskDefinition.html
 *
 * AWS may take up to ten minutes after deregistration to refuse it; here it refuses at once. The error is quoted from
 * https://github.com/aws/aws-cdk/issues/33195
 * @throws AwsError ClientException
 */
export function getRunnable(ecs: EcsState, name: string): TaskDefinition {
  const found = findTaskDefinition(ecs, name);
  if (found === undefined) throw client('TaskDefinition not found.');
  if (found.status !== 'ACTIVE') throw client('TaskDefinition is inactive');
  return found;
}

/** Returns the ARN that a request names, for IAM, whether or not it exists. */
export function namedArn(ecs: EcsState, name: string): string {
  if (name.startsWith('arn:')) return name;
  const [family = '', revision] = name.split(':');
  return (
    findTaskDefinition(ecs, name)?.arn ??
    taskDefinitionArn(family, revision === undefined ? '*' : Number(revision))
  );
}
