import type { Night } from '../night.ts';

/** The service that changes targets of a kind, by its name in a signature. Other kinds are changed by their events. */
const SERVICES: Readonly<Record<string, string>> = {
  apigateway: 'apigateway',
  appconfig: 'appconfig',
  asg: 'autoscaling',
  cloudformation: 'cloudformation',
  codedeploy: 'codedeploy',
  ecs: 'ecs',
  elb: 'elasticloadbalancing',
  lambda: 'lambda',
  lattice: 'vpc-lattice',
  pipeline: 'codepipeline',
  route53: 'route53',
};

export function serviceOf({ ground }: Night): string {
  return SERVICES[ground.kind] ?? 'events';
}
