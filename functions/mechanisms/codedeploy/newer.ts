import type { Planned } from '../../../src/rollback/document.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import type { CodeDeploy, Deployment, Group } from './codedeploy.ts';
import { descriptionOf } from '../../../src/aws/code-deploy/description.ts';
import type { Memo } from './memo.ts';

/** What was deployed to a group after the deployment at fault. */
export interface Since {
  /** The deployment that an earlier try of this rollback made, or null. */
  readonly ours: Deployment | null;
  /** The newest of somebody else, or null: it may be the fix, and is let through. */
  readonly other: Deployment | null;
}

/** Looks at what came after the deployment at fault; CodeDeploy's rollback of that one is nobody's deployment. */
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
  const ours = newer.find((one) => one.description === description) ?? null;
  return { ours, other: newer.find((one) => !isOf(one, description, ours)) ?? null };
}

function isOf({ description, rollsBack }: Deployment, wanted: string, ours: Deployment | null): boolean {
  return description === wanted || (ours !== null && rollsBack === ours.id);
}
