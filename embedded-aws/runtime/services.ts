import type { AwsService } from '../world/service.ts';
import type { World } from '../world/world.ts';
import { eventsService } from './events/service.ts';
import { lambdaService } from './lambda/service.ts';
import { callsTo, type Authorize } from './cloudformation/calls.ts';
import type { Deployed } from './cloudformation/deployed.ts';
import { cloudFormationService } from './cloudformation/service.ts';
import { logsService } from './logs/service.ts';
import type { Parts } from './parts.ts';
import { sqsService } from './queues/service.ts';
import { statesService } from './states/service.ts';
import { simulationService, type Simulate } from './iam/simulation.ts';
import { stsService } from './sts/service.ts';

/** Returns the services of the world that the wire can call. */
export function worldServices(world: World): readonly AwsService[] {
  const { autoscaling, ec2, ecr, ecs, elb, cloudwatch, iam, sns, lambda, codedeploy, tagging } = world;
  const {
    route53,
    s3,
    ssm,
    cloudtrail,
    scaling,
    appconfig,
    lattice,
    apigateway,
    cloudformation,
    codepipeline,
  } = world;
  return [
    ...[autoscaling, ec2, ecr, ecs, elb, cloudwatch, iam],
    ...[sns, lambda, codedeploy, tagging, route53, s3, ssm, cloudtrail, scaling],
    ...[appconfig, lattice, apigateway, cloudformation, codepipeline],
  ];
}

/** The services that a runtime adds to its world's. */
export type OwnServices = Readonly<
  Record<
    'lambda' | 'sqs' | 'events' | 'states' | 'cloudformation' | 'logs' | 'sts' | 'simulation',
    AwsService
  >
>;

/**
 * Creates the APIs of a runtime's parts.
 * @param deployed the stack that the runtime runs
 * @param authorize checks the calls that CloudFormation makes for a principal
 * @param simulate decides on the policies of a role; null: there is no such role
 */
export function ownServices(
  { lambda, invocations, queues, bus, states, tokens }: Parts,
  world: World,
  authorize: Authorize,
  simulate: Simulate,
  deployed?: Deployed,
): OwnServices {
  const { clock, random, ssm } = world;
  const logs = {
    functions: lambda.functions.map(({ name }) => name),
    lines: lambda.logs,
    createdAt: states.createdAt,
    applications: world.logs,
  };
  const [sqs, events] = [sqsService(queues), eventsService(bus)];
  return {
    logs: logsService(logs),
    sts: stsService(),
    simulation: simulationService(simulate),
    cloudformation: cloudFormationService({
      ...{ clock, random },
      ...(deployed !== undefined && { deployed }),
      stored: ssm.value,
      known: world.cloudformation,
      callAs: callsTo({ services: [...worldServices(world), sqs, events], authorize, needs: world.needs }),
    }),
    lambda: lambdaService(lambda, invocations),
    sqs,
    events,
    states: statesService(states, tokens, random('states')),
  };
}
