/**
 * The command line of the command. Without --no-install, npx would run a stranger's package where Lastgood is not
 * installed.
 */
export const COMMAND_LINE = 'npx --no-install lastgood';

/** One IAM action, and its resource without `arn:aws:SERVICE:REGION:ACCOUNT:`. */
export type Permission = readonly [action: string, resource: string];

/** Exit statuses of a verb. WRONG_USE is the same in all. */
export interface Endings {
  readonly fine: string;
  readonly endedBadly?: string;
  readonly forbidden?: string;
  readonly cannotSay: string;
}

/** Formats the permissions of a verb. */
export function permissionsHelp(permissions: readonly Permission[]): string {
  const width = Math.max(...permissions.map(([action]) => action.length));
  const lines = permissions.map(([action, resource]) => `  ${action.padEnd(width)}  ${resource}`);
  return `Permissions of the AWS credentials, each with its resource after arn:aws:SERVICE:REGION:ACCOUNT:\n${lines.join('\n')}`;
}

/** Formats the exit statuses of a verb. */
export function statusHelp({ fine, endedBadly, forbidden, cannotSay }: Endings): string {
  const denied = 'an AWS policy denies it';
  const lines = [
    `  0  ${fine}`,
    ...(endedBadly === undefined ? [] : [`  1  it ended badly: ${endedBadly}`]),
    '  2  wrong use: the command line is wrong',
    `  3  forbidden: ${forbidden === undefined ? denied : `${forbidden}, or ${denied}`}`,
    `  4  cannot say: ${cannotSay}`,
  ];
  return `Exit status\n${lines.join('\n')}`;
}
