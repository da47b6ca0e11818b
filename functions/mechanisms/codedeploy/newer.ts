import type { Planned } from '../../../src/rollback/document.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import type { CodeDeploy, Deployment } from './codedeploy.ts';
import { descriptionOf } from '../../../src/aws/code-deploy/description.ts';
import { groupOf } from '../../../src/targets/kinds/codedeploy/target.ts';
import type { Memo } from './memo.ts';

/** Deployments to a group after the deployment at fault. */
export interface Since {
  /** Returns one of them, or the one at fault. Null: CodeDeploy does not know it. */
  readonly deployment: (id: string) => Promise<Deployment | null>;
  /** The deployment by an earlier try of this rollback, or null. */
  readonly earlier: Deployment | null;
  /** The newest other deployment, or null. It may be the fix, and stays. */
  readonly other: Deployment | null;
}

/**
 * Reads the deployments after the one at fault, and that one. CodeDeploy's own rollback of that one does not count. Null:
 * the deployment group is gone.
 */
export async function deployedSince(
  codedeploy: Pick<CodeDeploy, 'since' | 'deployment'>,
  { request, plan, execution }: Pick<Planned<Memo>, 'request' | 'plan' | 'execution'>,
): Promise<Since | null> {
  const { deployment, createdAt } = plan.memo;
  const description = descriptionOf(execution);
  const found = await codedeploy.since(groupOf(request.target), createdAt, [deployment]);
  if (found === null) return null;
  const newer = found.filter(
    ({ id, rollsBack, ...one }) =>
      id !== deployment && rollsBack !== deployment && isAfter(one.createdAt, createdAt),
  );
  const earlier = newer.find((one) => one.description === description) ?? null;
  return {
    // CodeDeploy documents no moment at which a list shows a deployment, so one that is missing is asked for.
    deployment: async (id) => found.find((one) => one.id === id) ?? codedeploy.deployment(id),
    earlier,
    other: newer.find((one) => !isOf(one, description, earlier)) ?? null,
  };
}

function isOf({ description, rollsBack }: Deployment, wanted: string, earlier: Deployment | null): boolean {
  return description === wanted || (earlier !== null && rollsBack === earlier.id);
}
