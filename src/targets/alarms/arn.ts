const ALARM_ARN = /^arn:aws[a-z-]*:cloudwatch:[a-z0-9-]+:\d{12}:alarm:.{1,255}$/;
const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d+$/;

/** The parts of an alarm's ARN in an envelope. Each may be missing or malformed. */
export interface Whereabouts {
  readonly arn?: string | undefined;
  readonly partition?: string | undefined;
  readonly region?: string | undefined;
  readonly account?: string | undefined;
}

/**
 * Returns the alarm's ARN from the event, or composes it, because old SNS messages have none. Returns null if SNS wrote
 * the Region as a name for people (`EU (Ireland)`).
 */
export function alarmArn(
  name: string,
  { arn = '', partition = 'aws', region = '', account = '' }: Whereabouts,
): string | null {
  if (ALARM_ARN.test(arn)) return arn;
  const code = region.toLowerCase();
  if (!REGION.test(code) || !/^\d{12}$/.test(account)) return null;
  return `arn:${partition}:cloudwatch:${code}:${account}:alarm:${name}`;
}
