import { arn } from '../aws.ts';
import type { Access } from '../service.ts';
import type { Facts } from './facts.ts';

/**
 * Returns an ARN. A task definition may name its roles without one.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 */
function roleArn(role: string): string {
  return role.startsWith('arn:') ? role : arn('iam', `role/${role}`, { region: '' });
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html */
export function passing(role: string, service: string): Access {
  return {
    action: 'iam:PassRole',
    resource: roleArn(role),
    conditions: { 'iam:PassedToService': service },
  };
}

/**
 * Passes the roles of the task definition that a request names. A request that names none passes none.
 * Unknown: passrole-for-update-service.
 */
export function taskRoles(
  { taskDefinition }: { readonly taskDefinition?: string },
  facts: Facts,
): readonly Access[] {
  if (taskDefinition === undefined) return [];
  return facts.taskRoles(taskDefinition).map((role) => passing(role, 'ecs-tasks.amazonaws.com'));
}

/**
 * Passes the infrastructure roles that a request names: of load balancers, volumes, Service Connect and VPC Lattice.
 */
export function infrastructureRoles(input: object): readonly Access[] {
  return [...new Set(rolesIn(input))].map((role) => passing(role, 'ecs.amazonaws.com'));
}

/** Returns every `roleArn` below these members. */
function rolesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === 'roleArn' && typeof member === 'string' ? [member] : rolesIn(member),
  );
}
