import { createHash } from 'node:crypto';
import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';

/** Fields that ECS adds at registration, and the family, which is only a name. */
export const ADDED = new Set<string>([
  'taskDefinitionArn',
  'family',
  'revision',
  'status',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'compatibilities',
  'requiresAttributes',
]);

/** Returns equal text for equal settings, whatever the name. Images are compared by digest elsewhere. */
export function settingsOf({ containerDefinitions = [], ...others }: TaskDefinition): string {
  const set = Object.entries(others).filter(([field]) => !ADDED.has(field));
  const containers = containerDefinitions.map(({ image: _, ...container }) => container);
  return digestOf(JSON.stringify(ordered({ ...Object.fromEntries(set), containers })));
}

/**
 * Returns the secrets and parameters that containers read at the start, without the JSON key, stage and version that
 * may follow a secret's ARN.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html
 */
export function readsOf({ containerDefinitions = [] }: TaskDefinition): readonly string[] {
  const named = containerDefinitions.flatMap(({ secrets = [], logConfiguration }: ContainerDefinition) =>
    [...secrets, ...(logConfiguration?.secretOptions ?? [])].map(({ valueFrom = '' }) => valueFrom),
  );
  return [...new Set(named.map(withoutKey))].filter((one) => one !== '');
}

function withoutKey(valueFrom: string): string {
  return valueFrom.includes(':secretsmanager:') ? valueFrom.split(':').slice(0, 7).join(':') : valueFrom;
}

/** Returns a short text that is equal for equal texts. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** Sorts lists of named things (environment, secrets, containers), but not a command. Drops empty values. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(ordered);
    if (items.length === 0) return undefined;
    return items.every(isNamed) ? items.toSorted((one, other) => (one.name < other.name ? -1 : 1)) : items;
  }
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  if (value instanceof Date) return value.toISOString();
  const kept = Object.entries(value).flatMap(([key, item]) => {
    const is = ordered(item);
    return is === undefined ? [] : [[key, is] as const];
  });
  if (kept.length === 0) return undefined;
  return Object.fromEntries(kept.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function isNamed(value: unknown): value is { readonly name: string } {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';
}
