import { findIn, type Finding } from '../../../../src/readiness/finding.ts';
import { ECS } from '../../../../src/readiness/ids/ecs.ts';
import type { Subject } from './subjects.ts';

const find = findIn(ECS);

/** A service cannot be updated to an inactive task definition (API_DeregisterTaskDefinition, Amazon ECS). */
export function ofDefinition({ name, definition, as, defect }: Subject): readonly Finding[] {
  if (definition.active) return [];
  return [
    find(
      'definition-inactive',
      `Task definition ${name}, ${as}, is not ACTIVE, so it cannot be deployed again.`,
      `Register ${name} again and deploy it, and let the pipeline keep its last task definitions ACTIVE.`,
      defect,
    ),
  ];
}
