import { REGION } from '../aws.ts';

/** Why EC2 launches no instance: it has none of the type, or the caller lacks a permission of the launch template. */
export type LaunchFault = 'no capacity' | 'not authorized';

/**
 * Returns the words of a failed scaling activity.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ts-as-capacity.html
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ts-as-instancelaunchfailure.html
 */
export function refusalOf(fault: LaunchFault | undefined, type: string): string | null {
  switch (fault) {
    case undefined:
      return null;
    case 'no capacity':
      return `We currently do not have sufficient ${type} capacity in the Availability Zone you requested (${REGION}a). Our system will be working on provisioning additional capacity. Launching EC2 instance failed.`;
    case 'not authorized':
      return 'You are not authorized to perform this operation. Launching EC2 instance failed.';
  }
}
