import type { CreateServiceCommandInput } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { EcsWorld, GOOD } from './ecs-world.ts';

const ROLE = 'arn:aws:iam::111122223333:role/infrastructure';
const CONNECT = { enabled: true, namespace: 'shop', services: [{ portName: 'http' }] };
const VOLUMES = [{ name: 'scratch', managedEBSVolume: { roleArn: ROLE, sizeInGiB: 10 } }];
const LATTICE = [{ roleArn: ROLE, targetGroupArn: 'arn:aws:vpc-lattice:tg-1', portName: 'http' }];
const CONNECTORS = [{ portName: 'http' }];
const MONITORING = { metricConfigurations: [] };

/** Registers a task definition with a named port and a volume that is configured at launch, unless a test omits one. */
function define(world: EcsWorld, { port = 'http', volume = 'scratch' } = {}): string {
  const { uri } = world.ecr.push('web', 'v1', GOOD);
  const { taskDefinition } = world.call('RegisterTaskDefinition', {
    family: 'web',
    networkMode: 'awsvpc',
    volumes: [{ name: volume, configuredAtLaunch: true }],
    containerDefinitions: [{ name: 'web', image: uri, portMappings: [{ name: port, containerPort: 80 }] }],
  });
  return taskDefinition!.taskDefinitionArn!;
}

async function running(input: Partial<CreateServiceCommandInput> = {}): Promise<EcsWorld> {
  const world = new EcsWorld();
  world.create(define(world), input);
  await world.ended();
  return world;
}

const revision = (world: EcsWorld) => {
  const serviceRevisionArns = [world.newest().targetServiceRevision!.arn!];
  return world.call('DescribeServiceRevisions', { serviceRevisionArns }).serviceRevisions![0]!;
};

describe('settings for Service Connect, volumes and VPC Lattice', () => {
  const all = {
    serviceConnectConfiguration: CONNECT,
    volumeConfigurations: VOLUMES,
    vpcLatticeConfigurations: LATTICE,
  };

  it('are shown in the service revision and in the deployment, and not in the service', async () => {
    const world = await running(all);
    expect(revision(world)).toMatchObject(all);
    expect(world.service().deployments![0]).toMatchObject(all);
    expect(Object.keys(world.service())).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/volume|Lattice|Connect/)]),
    );
  });

  it.each(Object.entries(all))(
    '%s starts a deployment, and stays until it is removed',
    async (name, value) => {
      const world = await running();
      expect(revision(world)).not.toHaveProperty(name, value);
      world.update({ [name]: value });
      expect(world.deployments()).toHaveLength(2);
      await world.ended();
      world.update({ taskDefinition: define(world) });
      await world.ended();
      expect(revision(world)).toHaveProperty(name, value);
      world.update({ [name]: name === 'serviceConnectConfiguration' ? { enabled: false } : [] });
      await world.ended();
      expect(world.deployments()).toHaveLength(4);
      expect(revision(world)).not.toHaveProperty(name, value);
      expect(revision(world).serviceConnectConfiguration).toEqual({ enabled: false });
    },
  );

  it('start no deployment where they ask for what is so already', async () => {
    const world = await running({ volumeConfigurations: VOLUMES });
    world.update({
      serviceConnectConfiguration: { enabled: false },
      volumeConfigurations: VOLUMES,
      vpcLatticeConfigurations: [],
    });
    expect(world.deployments()).toHaveLength(1);
  });

  it('come back with a rollback of ECS', async () => {
    const world = await running(all);
    world.update({ vpcLatticeConfigurations: [], volumeConfigurations: [] });
    const { serviceDeploymentArn } = world.newest();
    await world.pass(5);
    world.call('StopServiceDeployment', { serviceDeploymentArn, stopType: 'ROLLBACK' });
    await world.ended();
    world.update({ forceNewDeployment: true });
    expect(revision(world)).toMatchObject(all);
  });

  it.each([
    ['a volume that the task definition lacks', { volume: 'other' }, { volumeConfigurations: VOLUMES }],
    ['a port of Service Connect', { port: 'grpc' }, { serviceConnectConfiguration: CONNECT }],
    ['a port of VPC Lattice', { port: 'grpc' }, { vpcLatticeConfigurations: LATTICE }],
  ])('are refused if they name %s', async (_, definition, settings) => {
    const world = await running();
    const refused = expect.objectContaining({ code: 'InvalidParameterException' }) as Error;
    expect(() => world.update({ taskDefinition: define(world, definition), ...settings })).toThrow(refused);
    world.update(settings);
    await world.ended();
    expect(() => world.update({ taskDefinition: define(world, definition) })).toThrow(refused);
  });

  it('are refused, and not dropped, under another deployment controller', () => {
    const world = new EcsWorld();
    const deploymentController = { type: 'CODE_DEPLOY' as const };
    expect(() => world.create(define(world), { ...all, deploymentController })).toThrow(/[Nn]ot modelled/);
    world.create(define(world), { deploymentController });
    expect(() => world.update({ volumeConfigurations: VOLUMES })).toThrow(/Use AWS CodeDeploy/);
  });
});

it('gateway connectors and monitoring are kept for the next revision, and start no deployment', async () => {
  const world = await running();
  world.update({ gatewayConnectors: CONNECTORS, monitoring: MONITORING });
  expect(world.deployments()).toHaveLength(1);
  world.update({ forceNewDeployment: true });
  expect(revision(world)).toMatchObject({ gatewayConnectors: CONNECTORS, monitoring: MONITORING });
});
