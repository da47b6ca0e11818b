import type { RevisionLocation } from '@aws-sdk/client-codedeploy';
import * as z from 'zod/mini';
import { asItCame } from '../../../../src/rollback/as-it-came.ts';

/** What the verbs after `plan` need to remember. */
export const Memo = z.object({
  controller: z.literal('CODE_DEPLOY'),
  group: z.object({ application: z.string(), group: z.string() }),
  /** Id of the deployment at fault, and when it was created, by CodeDeploy's clock. */
  deployment: z.string(),
  createdAt: z.string(),
  /** What the rung `redeploy` deploys; null: there is no such rung. */
  revision: z.nullable(asItCame<RevisionLocation>()),
});
export type Memo = z.infer<typeof Memo>;
