import type { AutoScalingGroup, InstanceRefresh, RefreshPreferences } from '@aws-sdk/client-auto-scaling';
import { AwsError, type AwsService } from '../../world/service.ts';
import type { Behaviour } from '../../world/seams.ts';
import { createWorld, type World } from '../../world/world.ts';

export const GOOD: Behaviour = { startSeconds: 60, health: 'passes', errorRate: 0, latency: 0.1 };

/** A group of four instances from a launch template of several versions, in a separate world. */
export class AsgWorld {
  readonly world: World = createWorld({ seed: 1, start: '2026-11-22T02:00:00.000Z' });
  readonly events: string[] = [];
  readonly name = 'web';
  template = '';

  constructor() {
    this.world.onEvent((event) => {
      if (event.source === 'aws.autoscaling') this.events.push(event['detail-type'].split('Refresh ')[1]!);
    });
  }

  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- says what the operation answers with
  call<Output = unknown>(service: AwsService, operation: string, input: object): Output {
    return service.operations[operation]!.run(input as never, { role: 'operator' }) as Output;
  }

  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- says what the operation answers with
  asg<Output = unknown>(operation: string, input: object = {}): Output {
    return this.call(this.world.autoscaling, operation, { AutoScalingGroupName: this.name, ...input });
  }

  /** Creates the next version of the template; returns its number. */
  version(behaviour: Partial<Behaviour> = {}, data: object = {}): string {
    const number = String(this.#versions++);
    const ImageId = this.world.ec2.bake(`web-${number}`, { ...GOOD, ...behaviour });
    const input = { LaunchTemplateName: 'web', LaunchTemplateData: { ImageId, ...data } };
    if (number === '1') {
      const { LaunchTemplate } = this.call<{ LaunchTemplate: { LaunchTemplateId: string } }>(
        this.world.ec2,
        'CreateLaunchTemplate',
        input,
      );
      this.template = LaunchTemplate.LaunchTemplateId;
    } else this.call(this.world.ec2, 'CreateLaunchTemplateVersion', input);
    return number;
  }
  #versions = 1;

  create(version: string, more: object = {}): void {
    this.asg('CreateAutoScalingGroup', {
      MinSize: 4,
      MaxSize: 8,
      DefaultInstanceWarmup: 30,
      LaunchTemplate: this.choice(version),
      ...more,
    });
  }

  choice(version: string) {
    return { LaunchTemplateId: this.template, Version: version };
  }

  /** Bakes an image that an override may name. */
  image(behaviour: Partial<Behaviour> = {}, more: Parameters<World['ec2']['bake']>[2] = {}): string {
    return this.world.ec2.bake(`override-${this.#images++}`, { ...GOOD, ...behaviour }, more);
  }
  #images = 1;

  /** Returns a policy with an image for each instance type; undefined: the template's. */
  mixed(version: string, images: Readonly<Record<string, string | undefined>>) {
    const Overrides = Object.entries(images).map(([InstanceType, ImageId]) => ({ InstanceType, ImageId }));
    const LaunchTemplate = { LaunchTemplateSpecification: this.choice(version), Overrides };
    return { MixedInstancesPolicy: { LaunchTemplate } };
  }

  /** Starts a refresh that replaces root volumes. */
  replaceRoots(DesiredConfiguration: object | undefined, Preferences: RefreshPreferences = {}): void {
    this.asg('StartInstanceRefresh', { Strategy: 'ReplaceRootVolume', DesiredConfiguration, Preferences });
  }

  /** Starts a refresh; `version` becomes the desired configuration. */
  refresh(version?: string, Preferences: RefreshPreferences = {}): void {
    const DesiredConfiguration = version === undefined ? undefined : { LaunchTemplate: this.choice(version) };
    this.asg('StartInstanceRefresh', { DesiredConfiguration, Preferences });
  }

  async pass(seconds: number): Promise<void> {
    await this.world.clock.run(() => false, this.world.clock.now() + seconds * 1000);
  }

  /** Waits until no refresh is in progress. */
  async ended(): Promise<InstanceRefresh> {
    const isOver = () => this.newest()?.EndTime !== undefined;
    await this.world.clock.run(isOver, this.world.clock.now() + 7_200_000);
    if (!isOver()) throw new Error(`the refresh is ${this.newest()?.Status}`);
    return this.newest()!;
  }

  newest(): InstanceRefresh | undefined {
    return this.asg<{ InstanceRefreshes: InstanceRefresh[] }>('DescribeInstanceRefreshes')
      .InstanceRefreshes[0];
  }

  group(): AutoScalingGroup {
    return this.asg<{ AutoScalingGroups: AutoScalingGroup[] }>('DescribeAutoScalingGroups')
      .AutoScalingGroups[0]!;
  }

  /** Returns the versions of the instances in service, in order. */
  running(): string {
    return this.group()
      .Instances!.filter(({ LifecycleState }) => LifecycleState === 'InService')
      .map(({ LaunchTemplate }) => LaunchTemplate!.Version)
      .toSorted()
      .join(' ');
  }
}

/** Returns the distinct images that the instances in service show, in order. */
export function imagesOf({ Instances = [] }: AutoScalingGroup): readonly (string | undefined)[] {
  const serving = Instances.filter(({ LifecycleState }) => LifecycleState === 'InService');
  return [...new Set(serving.map(({ ImageId }) => ImageId))].toSorted();
}

/** Returns a client that calls the embedded AWS without the wire. */
export function clientOf(service: AwsService, calls: string[]) {
  const send = (command: { readonly input: unknown }): Promise<unknown> => {
    const operation = command.constructor.name.replace('Command', '');
    calls.push(operation);
    try {
      return Promise.resolve(
        service.operations[operation]!.run(command.input as never, { role: 'operator' }) ?? {},
      );
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return Promise.reject(Object.assign(new Error(error.message), { name: nameOf(error.code) }));
    }
  };
  return { send };
}

/** The SDK names errors of the query protocol by their shapes, not by their codes. */
function nameOf(code: string): string {
  if (code.startsWith('TargetGroup')) return `${code}Exception`;
  return /InProgress$|NotFound$|InstanceRefresh$|Contention$/.test(code) && !code.includes('.')
    ? `${code}Fault`
    : code;
}
