import * as z from 'zod/mini';
import { asItCame } from '../../../../src/rollback/as-it-came.ts';
import { changesBetween, fieldsWithRole, type Changes } from '../configuration.ts';
import type { ServiceDeployment, ServiceRevision } from '../ecs.ts';

/** What the verbs after `plan` need to remember. */
export const Memo = z.object({
  controller: z.literal('ECS'),
  /** ARN of the deployment at fault, the newest at the time of the plan. Deployments created later are newer. */
  deployment: z.string(),
  /** When it was created, by ECS's clock. */
  createdAt: z.string(),
  /** What the rung `redeploy` sends to UpdateService. */
  changes: asItCame<Changes>(),
  /** The fields of `changes` with an infrastructure role. If ECS refuses them, they stay as they are. */
  mayStay: z.optional(z.array(z.string())),
  /** The lifecycle hook at which it waited for an answer. */
  hook: z.optional(z.string()),
  /** ARN of the revision that ECS's own rollback of it restores, once ECS names it. */
  awsGoesTo: z.optional(z.string()),
});
export type Memo = z.infer<typeof Memo>;

export function memoOf(newest: ServiceDeployment, atFault: ServiceRevision, to: ServiceRevision): Memo {
  const mayStay = fieldsWithRole(atFault.configuration, to.configuration);
  return {
    controller: 'ECS',
    deployment: newest.arn,
    createdAt: newest.createdAt,
    changes: changesBetween(atFault.configuration, to.configuration),
    ...(mayStay.length > 0 && { mayStay: [...mayStay] }),
    ...(newest.pausedAtHook !== null && { hook: newest.pausedAtHook }),
    ...(newest.rollbackRevision !== null && { awsGoesTo: newest.rollbackRevision }),
  };
}
