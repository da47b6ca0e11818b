const ALARM_ARN = /^arn:aws[a-z-]*:cloudwatch:[a-z0-9-]+:\d{12}:alarm:.{1,255}$/;
const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d+$/;

/** What an envelope says of where the alarm lives; each part may be missing or of another form. */
export interface Whereabouts {
  readonly arn?: string | undefined;
  readonly partition?: string | undefined;
  readonly region?: string | undefined;
  readonly account?: string | undefined;
}

/**
 * The alarm's ARN: the one in the event, or composed, because old SNS messages have none. SNS writes the Region as a
 * name for people (`EU (Ireland)`) which is not composed from.
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
