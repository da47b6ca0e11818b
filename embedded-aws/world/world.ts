import { createApiGateway, type ApiGateway } from './apigateway/apigateway.ts';
import { createAppScaling } from './app-scaling.ts';
import { createAppConfig, type AppConfig } from './appconfig/appconfig.ts';
import { createAutoScaling, type AutoScaling } from './autoscaling/autoscaling.ts';
import type { AwsEvent, Surroundings } from './aws.ts';
import { anyOf } from './backends.ts';
import { Clock } from './clock.ts';
import { createCloudFormation, type CloudFormation } from './cloudformation/cloudformation.ts';
import { createCloudWatch, type CloudWatch } from './cloudwatch/cloudwatch.ts';
import { createCloudTrail, type CloudTrail } from './cloudtrail.ts';
import { createCodeDeploy, type CodeDeploy } from './codedeploy/codedeploy.ts';
import { createCodePipeline, type CodePipeline } from './codepipeline/codepipeline.ts';
import { ecsPlatform } from './codedeploy/ecs/platform.ts';
import { lambdaPlatform } from './codedeploy/lambda/platform.ts';
import { targetGroupsByName } from './codedeploy/server/group-names.ts';
import { serverPlatform } from './codedeploy/server/platform.ts';
import { createEc2, type Ec2 } from './ec2/ec2.ts';
import { createEcr, type Ecr } from './ecr.ts';
import { createEcs, type Ecs } from './ecs/ecs.ts';
import { createElb, type Elb } from './elb/elb.ts';
import { Bundles } from './fleet/bundles.ts';
import { Fleet } from './fleet/fleet.ts';
import { createIam } from './iam.ts';
import { createLambda, type Lambda } from './lambda/lambda.ts';
import { ofEither } from './lattice/instance-groups.ts';
import { createLattice, type Lattice } from './lattice/lattice.ts';
import { createLogs, type AppLogs } from './logs.ts';
import { needsOf, type NeedsOf } from './needs/needs.ts';
import { Random } from './random.ts';
import type { AwsService } from './service.ts';
import type { Backends } from './seams.ts';
import { createAliasedBalancers } from './route53/balancers.ts';
import { Endpoints } from './route53/endpoints.ts';
import { createRoute53, type Route53 } from './route53/route53.ts';
import { createDnsUsers } from './route53/users.ts';
import { createS3, type S3 } from './s3.ts';
import { createSns, type Sns } from './sns.ts';
import { createSsm, type Ssm } from './ssm.ts';
import type { Users } from './traffic/users.ts';
import { createTagging } from './tagging/tagging.ts';

/** The AWS behaviour that Lastgood needs, on a virtual clock. Usable without the wire and without the runtime. */
export interface World {
  readonly clock: Clock;
  /** The start of the clock, in milliseconds since the epoch. */
  readonly startedAt: number;
  readonly random: (name: string) => Random;
  readonly apigateway: ApiGateway;
  readonly appconfig: AppConfig;
  readonly autoscaling: AutoScaling;
  readonly ec2: Ec2;
  readonly ecr: Ecr;
  readonly ecs: Ecs;
  readonly elb: Elb;
  readonly cloudwatch: CloudWatch;
  readonly iam: AwsService;
  readonly lambda: Lambda;
  readonly lattice: Lattice;
  /** What applications log. */
  readonly logs: AppLogs;
  readonly cloudtrail: CloudTrail;
  /** Application Auto Scaling. */
  readonly scaling: AwsService;
  readonly cloudformation: CloudFormation;
  readonly codedeploy: CodeDeploy;
  readonly codepipeline: CodePipeline;
  /** The instances that CodeDeploy deploys to, with its bundles. */
  readonly fleet: Fleet;
  readonly bundles: Bundles;
  /** Amazon S3, which holds the bundles, and the objects of the stack's buckets. */
  readonly s3: S3;
  readonly route53: Route53;
  /** Servers outside the world's services. Route 53 records may point at them. */
  readonly endpoints: Endpoints;
  /** The users of Route 53's weighted names. */
  readonly dnsUsers: Users;
  /** The servers behind the load balancers. */
  readonly backends: Backends;
  /** The Resource Groups Tagging API. */
  readonly tagging: AwsService;
  readonly sns: Sns;
  readonly ssm: Ssm;
  /** Returns the permissions that a call needs besides its own action. */
  readonly needs: NeedsOf;
  /** Sets the listener of the services' events. Without one, events are lost, as without rules in AWS. */
  onEvent(listener: (event: AwsEvent) => void): void;
  /** Sets the listener of direct Lambda invocations: alarm actions and SNS subscriptions. */
  onInvoke(listener: (functionArn: string, payload: unknown) => void): void;
}

type Services = Omit<World, 'clock' | 'startedAt' | 'random' | 'needs' | 'onEvent' | 'onInvoke'>;

/**
 * @param seed every random number of the world comes from it
 * @param start the instant at which the virtual clock begins
 */
export function createWorld({ seed, start }: { readonly seed: number; readonly start: string }): World {
  const clock = new Clock(start);
  const random = (name: string): Random => new Random(seed, name);
  const eventListeners: ((event: AwsEvent) => void)[] = [];
  const invokeListeners: Invoke[] = [];
  const surroundings: Surroundings = {
    clock,
    random,
    emit: (event) => {
      clock.stir();
      for (const listener of eventListeners) listener(event);
    },
  };
  const invoke: Invoke = (functionArn, payload) => {
    clock.stir();
    for (const listener of invokeListeners) listener(functionArn, payload);
  };
  const services = createServices(surroundings, invoke);
  const { ecs, ec2, codedeploy } = services;
  return {
    clock,
    startedAt: clock.now(),
    random,
    ...services,
    needs: needsOf({
      taskRoles: ecs.taskRoles,
      launchVersion: ec2.launchVersion,
      deploymentGroup: codedeploy.deploymentGroup,
    }),
    onEvent: (listener) => void eventListeners.push(listener),
    onInvoke: (listener) => void invokeListeners.push(listener),
  };
}

type Invoke = (functionArn: string, payload: unknown) => void;

/** Creates the services, and gives each the interfaces of the others that it calls. */
function createServices(surroundings: Surroundings, invoke: Invoke): Services {
  const endpoints = new Endpoints();
  const ecr = createEcr(surroundings);
  const cloudwatch = createCloudWatch(surroundings);
  const elb: Elb = createElb(surroundings, { backends: () => backends });
  const logs = createLogs(surroundings);
  const ecs: Ecs = createEcs(surroundings, { images: ecr, targetGroups: elb, alarms: cloudwatch, logs });
  const lambda = createLambda(surroundings, { metrics: cloudwatch, logs });
  const apigateway = createApiGateway(surroundings, { metrics: cloudwatch });
  const ssm = createSsm(surroundings);
  const ec2 = createEc2(surroundings, { groups: () => autoscaling, parameter: ssm.value });
  const lattice = createLattice(surroundings, { backends: () => backends, metrics: cloudwatch });
  const autoscaling: AutoScaling = createAutoScaling(surroundings, {
    templates: ec2,
    targetGroups: ofEither(lattice.targetGroups, elb),
    alarms: cloudwatch,
  });
  const deploying = createDeploying(surroundings, { elb, ecs, lambda, cloudwatch });
  const backends: Backends = anyOf([ecs, deploying.fleet, autoscaling, endpoints]);
  const names = createNames(surroundings, { elb, backends, cloudwatch });
  const appconfig = createAppConfig(surroundings, { alarms: cloudwatch, metrics: cloudwatch });
  const cloudformation = createCloudFormation(surroundings, { alarms: cloudwatch });
  const codepipeline = createCodePipeline(surroundings, lambda, deploying.s3.objects);
  const tagging = createTagging(() => [
    ...[deploying.codedeploy, elb, lambda, names.route53, ecs, cloudwatch],
    ...[appconfig, lattice, apigateway, cloudformation, codepipeline],
    ssm,
  ]);
  const sns = createSns(surroundings, invoke);
  cloudwatch.onAction((arn, payload) => {
    if (arn.includes(':sns:')) sns.publish(arn, payload);
    else invoke(arn, payload);
  });
  return {
    apigateway,
    appconfig,
    autoscaling,
    ec2,
    ecr,
    ecs,
    elb,
    cloudwatch,
    cloudformation,
    iam: createIam(surroundings),
    lambda,
    lattice,
    logs,
    cloudtrail: createCloudTrail(surroundings),
    scaling: createAppScaling(),
    ...deploying,
    codepipeline,
    ...names,
    endpoints,
    backends,
    tagging,
    sns,
    ssm,
  };
}

/** Creates CodeDeploy, with its targets and sources. */
function createDeploying(
  surroundings: Surroundings,
  { elb, ecs, lambda, cloudwatch }: Pick<Services, 'elb' | 'ecs' | 'lambda' | 'cloudwatch'>,
): Pick<Services, 'codedeploy' | 'fleet' | 'bundles' | 's3'> {
  const { clock } = surroundings;
  const fleet = new Fleet(surroundings);
  const bundles = new Bundles();
  const targetGroupArn = targetGroupsByName(elb);
  const platforms = {
    Server: serverPlatform({ clock, fleet, bundles, targetGroups: elb, targetGroupArn }),
    Lambda: lambdaPlatform({ clock, aliases: lambda }),
    ECS: ecsPlatform({ clock, taskSets: ecs, targetGroups: elb, targetGroupArn }),
  };
  const codedeploy = createCodeDeploy(surroundings, { alarms: cloudwatch, platforms });
  return { codedeploy, fleet, bundles, s3: createS3(bundles, clock) };
}

/** Creates Route 53, and the users of its names. */
function createNames(
  surroundings: Surroundings,
  { elb, backends, cloudwatch }: Pick<Services, 'elb' | 'backends' | 'cloudwatch'>,
): Pick<Services, 'route53' | 'dnsUsers'> {
  const balancers = createAliasedBalancers(elb);
  const balancerHealth = (dnsName: string) => balancers.isHealthy(dnsName);
  const route53 = createRoute53(surroundings, { backends, balancerHealth });
  const dnsUsers = createDnsUsers(surroundings, { dns: route53, backends, balancers, metrics: cloudwatch });
  return { route53, dnsUsers };
}
