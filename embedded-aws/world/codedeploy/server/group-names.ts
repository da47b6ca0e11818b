import { AwsError, type AwsService } from '../../service.ts';

/** Finds target groups by name, as CodeDeploy does with its service role. */
export function targetGroupsByName({ operations }: AwsService): (name: string) => string | null {
  return (name) => {
    try {
      const found = operations['DescribeTargetGroups']?.run({ Names: [name] } as never, { role: 'operator' });
      const { TargetGroups = [] } = found as { TargetGroups?: { TargetGroupArn?: string }[] };
      return TargetGroups[0]?.TargetGroupArn ?? null;
    } catch (error) {
      if (error instanceof AwsError && error.code === 'TargetGroupNotFound') return null;
      throw error;
    }
  };
}
