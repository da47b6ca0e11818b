/**
 * Returns the call that deploys to a target, as CloudTrail names it, or null: it is not known, or another Region keeps
 * it. CloudTrail adds the version of the API to names of Lambda; the page lists each.
 * https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html
 * Route 53 is global, and keeps its calls in us-east-1.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/logging-using-cloudtrail.html
 */
export function deployCallTo(target: string, region: string): string | null {
  if (target.startsWith('route53:') && region !== 'us-east-1') return null;
  if (target.startsWith('elb:')) return target.includes(':listener-rule/') ? 'ModifyRule' : 'ModifyListener';
  if (target.startsWith('lattice:')) return target.includes('/rule-') ? 'UpdateRule' : 'UpdateListener';
  return CALLS[target.slice(0, target.indexOf(':'))] ?? null;
}

const CALLS: Readonly<Record<string, string>> = {
  ecs: 'UpdateService',
  asg: 'StartInstanceRefresh',
  codedeploy: 'CreateDeployment',
  lambda: 'UpdateAlias20150331',
  route53: 'ChangeResourceRecordSets',
};

/** Returns the names that such a call has in its parameters. */
export function namesIn(target: string): readonly string[] {
  const name = target.slice(target.indexOf(':') + 1);
  if (name.startsWith('arn:')) return [name];
  const parts = name.split('/');
  // The cluster `default` is left out of a call, and a record's name is written with a full stop at its end.
  return target.startsWith('route53:') ? parts.slice(0, 1) : parts.filter((part) => part !== 'default');
}
