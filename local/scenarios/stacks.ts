import type { Stage } from './stage.ts';

/**
 * Creates the stack `shop`, and a minute later begins to update it. The update changes one resource, and lasts so many
 * seconds after that.
 */
export async function updateStack(
  stage: Stage,
  type: string,
  seconds: number,
  apply: () => void,
): Promise<void> {
  const { cloudformation } = stage.world;
  cloudformation.create({ name: 'shop' });
  await stage.minutes(1);
  cloudformation.update('shop', {
    changes: [
      { logicalId: 'Target', type, seconds: 1, apply },
      { logicalId: 'Other', type: 'AWS::CloudFormation::WaitCondition', seconds },
    ],
  });
}
