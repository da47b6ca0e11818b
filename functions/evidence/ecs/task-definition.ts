import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';
import type { Hidden } from '../../../src/aws/mask.ts';
import { atFault } from '../released-at.ts';
import type { EvidenceSource } from '../source.ts';
import type { EcsReads } from './reads.ts';

/**
 * Reads who registered the task definition at fault, and what no line may show: the values of its environment, and
 * the values of its secrets by their names.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html
 */
export function taskDefinition({ definition }: Pick<EcsReads, 'definition'>): EvidenceSource {
  return {
    name: 'task definition',
    kind: 'ecs',
    async read(rollback, signal) {
      const found = await definition(rollback, signal);
      if (found === null) return { lines: [] };
      const { registeredBy, registeredAt } = found;
      const at = registeredAt === undefined ? '' : ` at ${registeredAt.toISOString()}`;
      return {
        lines:
          registeredBy === undefined
            ? []
            : [`${atFault(rollback).name} was registered by ${registeredBy}${at}`],
        hidden: hiddenIn(found),
      };
    },
  };
}

/** Returns what no line may show. */
export function hiddenIn({ containerDefinitions = [] }: TaskDefinition): Hidden {
  return { values: containerDefinitions.flatMap(valuesOf), names: containerDefinitions.flatMap(namesOf) };
}

function valuesOf({ environment = [] }: ContainerDefinition): readonly string[] {
  return environment.map(({ value = '' }) => value);
}

function namesOf({ environment = [], secrets = [] }: ContainerDefinition): readonly string[] {
  return [...environment, ...secrets].map(({ name = '' }) => name);
}
