import type { UpdateServiceCommandInput } from '@aws-sdk/client-ecs';

/**
 * What a service revision deploys, as far as UpdateService can bring it back. Members are AWS's own shapes, handed back
 * as they came. Absent: the revision has none.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
 */
export type Configuration = Readonly<{
  [Field in Changeable]?: NonNullable<UpdateServiceCommandInput[Field]>;
}> & {
  readonly taskDefinition: string;
};

/** A part of a configuration: what UpdateService is sent. */
export type Changes = Partial<Configuration>;

/** How each field is taken away when the wanted revision has none; null: it cannot be, or it means nothing then. */
const WITHOUT = {
  capacityProviderStrategy: [],
  gatewayConnectors: [],
  loadBalancers: [],
  monitoring: null,
  networkConfiguration: null,
  platformVersion: null,
  serviceConnectConfiguration: { enabled: false },
  serviceRegistries: [],
  taskDefinition: null,
  volumeConfigurations: [],
  vpcLatticeConfigurations: [],
} as const;

type Changeable = keyof typeof WITHOUT;
export const FIELDS = Object.keys(WITHOUT) as readonly Changeable[];

/**
 * What must be sent to turn one configuration into the other, and nothing more: values left out stay, and a role that
 * is sent again would ask for iam:PassRole, which we do not have.
 */
export function changesBetween(current: Configuration, wanted: Configuration): Changes {
  const differing = FIELDS.filter((field) => canonical(current[field]) !== canonical(wanted[field]));
  const sent = differing.map((field) => [field, wanted[field] ?? WITHOUT[field]] as const);
  return Object.fromEntries(sent.filter(([, value]) => value !== null));
}

export function isEmpty(changes: Changes): boolean {
  return Object.keys(changes).length === 0;
}

/**
 * The fields that carry an IAM role (infrastructure roles of load balancers, volumes, Service Connect TLS and VPC
 * Lattice): sending them hands the role to ECS.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/infrastructure_IAM_role.html
 */
export function fieldsWithRole(changes: Changes): readonly string[] {
  return FIELDS.filter((field) => /"roleArn":"/.test(JSON.stringify(changes[field] ?? null)));
}

/** One text for equal values: the order of keys and of plain lists (subnets, security groups) says nothing. */
export function canonical(value: unknown): string {
  return JSON.stringify(tidy(value) ?? null);
}

function tidy(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(tidy);
    if (items.length === 0) return undefined;
    return items.every((item) => typeof item === 'string') ? items.toSorted() : items;
  }
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  const kept = Object.entries(value).flatMap(([key, item]) =>
    absent(item) ? [] : [[key, tidy(item)] as const],
  );
  const only = kept.length === 1 ? kept[0] : undefined;
  if (kept.length === 0 || (only?.[0] === 'enabled' && only[1] === false)) return undefined;
  return Object.fromEntries(kept.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function absent(value: unknown): boolean {
  return tidy(value) === undefined;
}

/**
 * The fields whose change starts a deployment, as API_UpdateService says of each. Of gateway connectors and monitoring it
 * says nothing; a change of those alone is forced, so that it is followed like every other.
 */
const STARTING: readonly Changeable[] = [
  'loadBalancers',
  'networkConfiguration',
  'platformVersion',
  'serviceConnectConfiguration',
  'serviceRegistries',
  'taskDefinition',
  'volumeConfigurations',
  'vpcLatticeConfigurations',
];

/**
 * Whether UpdateService takes these changes and starts a deployment for them without being forced to. A change of the
 * capacity provider strategy it refuses unless it is forced, whatever else is changed with it: not documented, and quoted in
 * https://github.com/pipe-cd/pipecd/pull/6385
 */
export function startsDeployment(changes: Changes): boolean {
  return (
    changes.capacityProviderStrategy === undefined && STARTING.some((field) => changes[field] !== undefined)
  );
}
