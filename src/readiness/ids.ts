import type { Ids } from './finding.ts';
import { ECS } from './ids/ecs.ts';
import { SHARED } from './ids/shared.ts';

/** All findings, by the kind of target that has them. docs/readiness.md has a row for each. */
export const IDS: Readonly<Record<string, Ids>> = { shared: SHARED, ecs: ECS };
