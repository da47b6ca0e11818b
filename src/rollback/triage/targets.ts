import { byLines, matching, type Finder } from './finder.ts';

/**
 * Finders of what a load balancer says about its targets. The reason codes are Elastic Load Balancing's:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html
 */
export const targetChecks: readonly Finder[] = [
  byLines(
    'health-check',
    matching('unhealthy', /Target\.ResponseCodeMismatch/),
    (line) => `Targets answer their health checks with a wrong code${codesIn(line)}.`,
  ),
  byLines(
    'health-check',
    matching('unhealthy', /Target\.Timeout/),
    'Targets do not answer their health checks in time.',
  ),
  byLines('health-check', ({ unhealthy }) => unhealthy, 'Targets failed their health checks.'),
];

/** Returns ` (503)` of `Health checks failed with these codes: [503]`. */
function codesIn(line: string): string {
  const codes = /codes: \[([\d, ]+)\]/.exec(line)?.[1];
  return codes === undefined ? '' : ` (${codes})`;
}
