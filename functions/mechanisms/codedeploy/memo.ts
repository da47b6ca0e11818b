import type { RevisionLocation, TargetInstances } from '@aws-sdk/client-codedeploy';
import * as z from 'zod/mini';
import { asItCame } from '../../../src/rollback/as-it-came.ts';

/** What the verbs after `plan` need to remember. */
export const Memo = z.object({
  /** Id of the deployment at fault. */
  deployment: z.string(),
  /** When it was created, by CodeDeploy's clock. Deployments created later are newer. */
  createdAt: z.string(),
  /** The alias that its deployments shift. Absent: they bring bundles to instances. */
  alias: z.optional(
    z.object({
      functionName: z.string(),
      alias: z.string(),
      /** The versions that the deployment at fault shifts between: the alias serves one or both before the way back. */
      shifted: z.array(z.string()),
    }),
  ),
  /** What the rung `redeploy` deploys; null: there is no such rung. */
  redeployment: z.nullable(
    z.object({
      revision: asItCame<RevisionLocation>(),
      config: z.nullable(z.string()),
      instances: z.nullable(asItCame<TargetInstances>()),
      isServer: z.boolean(),
    }),
  ),
});
export type Memo = z.infer<typeof Memo>;
