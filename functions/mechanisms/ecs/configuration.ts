import type { UpdateServiceCommandInput } from '@aws-sdk/client-ecs';

/**
 * The settings of a service revision that UpdateService can restore. Members have AWS's own shapes, unchanged. Absent:
 * the revision has none.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
 */
export type Configuration = Readonly<{
  [Field in Changeable]?: NonNullable<UpdateServiceCommandInput[Field]>;
}> & {
  readonly taskDefinition: string;
};

/** A part of a configuration, as UpdateService gets it. */
export type Changes = Partial<Configuration>;

/**
 * How to remove each field that the wanted revision lacks; null: impossible, or without meaning.
 * Unknown: empty-list-removes.
 */
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
 * Returns the minimal changes from one configuration to the other. Fields left out stay. ECS asks its caller to pass
 * the roles behind every field that is sent, so an unchanged one stays out:
 * https://github.com/keidarcy/e1s/issues/429
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
 * Returns the changed fields with an infrastructure role in either configuration: of load balancers, volumes, Service
 * Connect TLS or VPC Lattice. They describe what ECS manages around the tasks.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/infrastructure_IAM_role.html
 */
export function fieldsWithRole(current: Configuration, wanted: Configuration): readonly string[] {
  const changes = changesBetween(current, wanted);
  return FIELDS.filter(
    (field) => changes[field] !== undefined && (hasRole(current[field]) || hasRole(wanted[field])),
  );
}

function hasRole(value: unknown): boolean {
  return /"roleArn":"/.test(JSON.stringify(value ?? null));
}

/** Returns the changes without some of their fields. */
export function without(changes: Changes, fields: readonly string[]): Changes {
  return Object.fromEntries(Object.entries(changes).filter(([field]) => !fields.includes(field)));
}

/** Returns one text for equal values, whatever the order of keys and of plain lists (subnets, security groups). */
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
 * The fields whose change starts a deployment, as API_UpdateService documents for each. It documents nothing for
 * gateway connectors and monitoring. A change of those alone is forced, so that Settle can poll a deployment as usual.
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
 * Returns whether UpdateService starts a deployment for these changes without force. It refuses a change of the
 * capacity provider strategy without force, whatever else changes. AWS does not document this; the error is quoted in
 * https://github.com/pipe-cd/pipecd/pull/6385
 * Unknown: force-for-capacity-providers.
 */
export function startsDeployment(changes: Changes): boolean {
  return (
    changes.capacityProviderStrategy === undefined && STARTING.some((field) => changes[field] !== undefined)
  );
}
