import type { Planned } from '../../../src/rollback/document.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import type { CodeDeploy, Deployment, Group } from './codedeploy.ts';
import { descriptionOf } from '../../../src/aws/code-deploy/description.ts';
import type { Memo } from './memo.ts';

/** Deployments to a group after the deployment at fault. */
export interface Since {
  /** The deployment by an earlier try of this rollback, or null. */
  readonly earlier: Deployment | null;
  /** The newest other deployment, or null. It may be the fix, and stays. */
  readonly other: Deployment | null;
}

/** Reads the deployments after the one at fault, without CodeDeploy's own rollback of that one. */
export async function deployedSince(
  codedeploy: CodeDeploy,
  group: Group,
  { plan, execution }: Pick<Planned<Memo>, 'plan' | 'execution'>,
): Promise<Since> {
  const { deployment, createdAt } = plan.memo;
  const description = descriptionOf(execution);
  const newer = (await codedeploy.deployments(group, createdAt)).filter(
    ({ id, rollsBack, ...one }) =>
      id !== deployment && rollsBack !== deployment && isAfter(one.createdAt, createdAt),
  );
  const earlier = newer.find((one) => one.description === description) ?? null;
  return { earlier, other: newer.find((one) => !isOf(one, description, earlier)) ?? null };
}

function isOf({ description, rollsBack }: Deployment, wanted: string, earlier: Deployment | null): boolean {
  return description === wanted || (earlier !== null && rollsBack === earlier.id);
}
