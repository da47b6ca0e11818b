import type { Tag } from '@aws-sdk/client-ecs';
import type { Tags } from '../../../src/rollback/plan.ts';

export function toTags(tags: readonly Tag[] = []): Tags {
  return Object.fromEntries(tags.map(({ key = '', value = '' }) => [key, value]));
}
