import { apiDestinationOf, connectionOf } from './api-destinations.ts';
import { asyncOf, functionOf, permissionOf } from './functions.ts';
import { busName } from './identities.ts';
import {
  alarmOf,
  bucketPoliciesOf,
  parameterOf,
  queueOf,
  roleOf,
  stateMachineOf,
  subscriptionOf,
  tableOf,
} from './resources.ts';
import { routesOf } from './routes.ts';
import { busPolicyOf, ruleOf } from './rules.ts';
import type { Stack } from './stack.ts';
import {
  readTemplate,
  resolveTemplate,
  type Resolved,
  type ResolveOptions,
  type Resource,
  type Template,
} from './template.ts';

/** Types without effect in the embedded AWS. */
export const IGNORED: ReadonlySet<string> = new Set([
  'AWS::Logs::LogGroup',
  'AWS::EventSchemas::Registry',
  'AWS::EventSchemas::Schema',
]);

/** Types that the embedded AWS creates. */
export const MODELLED: ReadonlySet<string> = new Set([
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::DynamoDB::Table',
  'AWS::Events::ApiDestination',
  'AWS::Events::Connection',
  'AWS::Events::EventBus',
  'AWS::Events::EventBusPolicy',
  'AWS::Events::Rule',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
  'AWS::SSM::Parameter',
  'AWS::StepFunctions::StateMachine',
]);

/**
 * Reads a packaged stack.
 * @param file the template from `npm run package`
 * @param root the root of handler paths
 * @param parameters values for the template's parameters; the others have their defaults
 * @throws Error naming a resource type that the embedded AWS does not model
 */
export function readStack(file: string, root: string, parameters: ResolveOptions['parameters'] = {}): Stack {
  const template = readTemplate(file);
  const asked = JSON.stringify([root, parameters]);
  if (last?.template !== template || last.asked !== asked)
    last = { template, asked, stack: frozen(stackOf(resolveTemplate(template, { parameters }), root)) };
  return last.stack;
}

/** The last stack read. Every world in this process gets the same one, and none can change it. */
let last: { readonly template: Template; readonly asked: string; readonly stack: Stack } | null = null;

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

export function stackOf({ stack, resources, outputs }: Resolved, root: string): Stack {
  refuseUnknown(resources);
  const of = (type: string): Resource[] => resources.filter((resource) => resource.type === type);
  const asyncConfigs = asyncOf(of('AWS::Lambda::EventInvokeConfig'));
  return {
    name: stack,
    functions: of('AWS::Lambda::Function').map((resource) => functionOf(resource, root, asyncConfigs)),
    permissions: of('AWS::Lambda::Permission').map(permissionOf),
    roles: of('AWS::IAM::Role').map((role) => roleOf(role, of('AWS::IAM::Policy'))),
    buses: ['default', ...of('AWS::Events::EventBus').map(({ name }) => busName(name))],
    busPolicies: of('AWS::Events::EventBusPolicy').map(busPolicyOf),
    rules: of('AWS::Events::Rule')
      .map(ruleOf)
      .filter((rule) => rule !== null),
    connections: of('AWS::Events::Connection').map(connectionOf),
    apiDestinations: of('AWS::Events::ApiDestination').map(apiDestinationOf),
    queues: of('AWS::SQS::Queue').map((resource) => queueOf(resource, of('AWS::SQS::QueuePolicy'))),
    buckets: of('AWS::S3::Bucket').map(({ name }) => name),
    bucketPolicies: of('AWS::S3::BucketPolicy').flatMap(bucketPoliciesOf),
    stateMachines: of('AWS::StepFunctions::StateMachine').map(stateMachineOf),
    tables: of('AWS::DynamoDB::Table').map(tableOf),
    parameters: of('AWS::SSM::Parameter').map(parameterOf),
    alarms: of('AWS::CloudWatch::Alarm').map(alarmOf),
    dashboards: of('AWS::CloudWatch::Dashboard').map(({ properties }) => properties),
    topics: of('AWS::SNS::Topic').map(({ name, ref }) => ({ name, arn: ref })),
    subscriptions: of('AWS::SNS::Subscription').map(subscriptionOf),
    routes: routesOf(
      of('AWS::ApiGatewayV2::Route'),
      of('AWS::ApiGatewayV2::Integration'),
      of('AWS::ApiGatewayV2::Stage'),
    ),
    outputs,
    ignored: resources.filter(({ type }) => IGNORED.has(type)).map(({ id }) => id),
  };
}

function refuseUnknown(resources: readonly Resource[]): void {
  const unknown = resources.filter(({ type }) => !MODELLED.has(type) && !IGNORED.has(type));
  if (unknown.length === 0) return;
  throw new Error(
    `the embedded AWS does not model ${unknown.map(({ id, type }) => `${type} (${id})`).join(', ')}`,
  );
}
