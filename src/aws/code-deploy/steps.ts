/**
 * Says whether a deployment configuration divides the traffic between both revisions for a time. AWS's own names say so.
 * Of a configuration with another name it is unknown, and counts as no.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html
 */
export function dividesTraffic(configuration: string | undefined): boolean {
  return /^CodeDeployDefault\.\w*(?:Canary|Linear)/.test(configuration ?? '');
}
