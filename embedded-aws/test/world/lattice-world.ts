import type * as sdk from '@aws-sdk/client-vpc-lattice';
import { createLattice } from '../../world/lattice/lattice.ts';
import type { Behaviour, Datum } from '../../world/seams.ts';
import { AwsError, type AwsService } from '../../world/service.ts';
import { HEALTHY, surround } from './elb-shop.ts';

interface Outputs {
  CreateListener: sdk.CreateListenerResponse;
  CreateRule: sdk.CreateRuleResponse;
  CreateService: sdk.CreateServiceResponse;
  CreateServiceNetwork: sdk.CreateServiceNetworkResponse;
  CreateServiceNetworkServiceAssociation: sdk.CreateServiceNetworkServiceAssociationResponse;
  CreateServiceNetworkVpcAssociation: sdk.CreateServiceNetworkVpcAssociationResponse;
  CreateTargetGroup: sdk.CreateTargetGroupResponse;
  DeleteListener: object;
  DeleteRule: object;
  DeleteService: sdk.DeleteServiceResponse;
  DeleteServiceNetwork: object;
  DeleteServiceNetworkServiceAssociation: sdk.DeleteServiceNetworkServiceAssociationResponse;
  DeleteServiceNetworkVpcAssociation: sdk.DeleteServiceNetworkVpcAssociationResponse;
  DeleteTargetGroup: sdk.DeleteTargetGroupResponse;
  DeregisterTargets: sdk.DeregisterTargetsResponse;
  GetListener: sdk.GetListenerResponse;
  GetRule: sdk.GetRuleResponse;
  GetService: sdk.GetServiceResponse;
  GetServiceNetwork: sdk.GetServiceNetworkResponse;
  GetServiceNetworkServiceAssociation: sdk.GetServiceNetworkServiceAssociationResponse;
  GetServiceNetworkVpcAssociation: sdk.GetServiceNetworkVpcAssociationResponse;
  GetTargetGroup: sdk.GetTargetGroupResponse;
  ListListeners: sdk.ListListenersResponse;
  ListRules: sdk.ListRulesResponse;
  ListServices: sdk.ListServicesResponse;
  ListTagsForResource: sdk.ListTagsForResourceResponse;
  ListTargetGroups: sdk.ListTargetGroupsResponse;
  ListTargets: sdk.ListTargetsResponse;
  RegisterTargets: sdk.RegisterTargetsResponse;
  TagResource: object;
  UntagResource: object;
  UpdateListener: sdk.UpdateListenerResponse;
  UpdateRule: sdk.UpdateRuleResponse;
  UpdateTargetGroup: sdk.UpdateTargetGroupResponse;
}

export type Weights = Readonly<Record<string, number>>;

/** The service `shop` with a listener whose default action forwards to `blue`. `green` is not in use. */
export class LatticeWorld {
  readonly measured: Datum[] = [];
  readonly surroundings = surround();
  readonly behaviours = new Map<string, Behaviour>();
  readonly lattice = createLattice(this.surroundings, {
    backends: () => ({ answers: ({ id }) => this.behaviours.get(id) ?? null }),
    metrics: { record: (datum) => this.measured.push(datum) },
  });
  /** The ids of the target groups, by name. */
  readonly groups: Record<string, string> = {};
  /** The ids of the network and its associations. */
  readonly associations: { readonly network: string; readonly vpc: string; readonly service: string }[] = [];
  readonly service: string;
  readonly listener: string;

  /** The ids of the targets begin so. `i-`: they are instances. */
  private readonly prefix: string;

  constructor(
    tags: Readonly<Record<string, string>> = { lastgood: 'auto' },
    { targets = 2, type = 'IP' }: { readonly targets?: number; readonly type?: 'IP' | 'INSTANCE' } = {},
  ) {
    this.prefix = type === 'INSTANCE' ? 'i-' : '';
    for (const name of ['blue', 'green']) this.open(name, targets, type);
    this.service = this.call('CreateService', { name: 'shop' }).id!;
    this.join(this.service);
    this.listener = this.call('CreateListener', {
      ...{ serviceIdentifier: this.service, name: 'http', protocol: 'HTTP', tags },
      defaultAction: this.action({ blue: 100 }),
    }).id!;
  }

  /** Lets the clients of a VPC reach a service. */
  join(serviceIdentifier: string): void {
    const network = this.call('CreateServiceNetwork', { name: 'shop' }).id!;
    const of = { serviceNetworkIdentifier: network };
    const { id: vpc } = this.call('CreateServiceNetworkVpcAssociation', {
      ...{ ...of, vpcIdentifier: 'vpc-0a1b2c3d' },
    });
    const { id: service } = this.call('CreateServiceNetworkServiceAssociation', {
      ...{ ...of, serviceIdentifier },
    });
    this.associations.push({ network, vpc: vpc!, service: service! });
  }

  get clock() {
    return this.surroundings.clock;
  }

  /** Creates a target group with healthy targets, which are checked every 10 seconds. */
  open(name: string, targets = 2, type: sdk.TargetGroupType = 'IP'): void {
    const healthCheck = { healthCheckIntervalSeconds: 10, healthyThresholdCount: 2 };
    const config = type === 'LAMBDA' ? {} : { port: 8080, protocol: 'HTTP' };
    this.groups[name] = this.call('CreateTargetGroup', {
      ...{ name: `shop-${name}`, type, ...(type !== 'LAMBDA' && { config: { ...config, healthCheck } }) },
    }).id!;
    this.register(name, targets);
  }

  register(name: string, targets: number): void {
    const ids = Array.from({ length: targets }, (_, index) => `${this.prefix}${name}-${index}`);
    for (const id of ids) this.behaviours.set(id, HEALTHY);
    if (ids.length > 0)
      this.call('RegisterTargets', {
        targetGroupIdentifier: this.groups[name],
        targets: ids.map((id) => ({ id })),
      });
  }

  action(weights: Weights): sdk.RuleAction {
    const targetGroups = Object.entries(weights).map(([name, weight]) => ({
      targetGroupIdentifier: this.groups[name] ?? name,
      weight,
    }));
    return { forward: { targetGroups } };
  }

  /** Sets the weights of the default action. */
  weigh(weights: Weights): void {
    this.call('UpdateListener', { ...this.keys, defaultAction: this.action(weights) });
  }

  get keys() {
    return { serviceIdentifier: this.service, listenerIdentifier: this.listener };
  }

  weights(): Weights {
    return this.weightsIn(this.call('GetListener', this.keys).defaultAction);
  }

  weightsIn(action: sdk.RuleAction | undefined): Weights {
    const names = new Map(Object.entries(this.groups).map(([name, id]) => [id, name]));
    const groups = action?.forward?.targetGroups ?? [];
    return Object.fromEntries(
      groups.map(({ targetGroupIdentifier = '', weight = 0 }) => [
        names.get(targetGroupIdentifier) ?? targetGroupIdentifier,
        weight,
      ]),
    );
  }

  addRule(path: string, weights: Weights, tags: Readonly<Record<string, string>> = {}): string {
    const rules = this.call('ListRules', this.keys).items!.length;
    return this.call('CreateRule', {
      ...{ ...this.keys, name: path, priority: 10 * rules, action: this.action(weights), tags },
      match: { httpMatch: { pathMatch: { match: { prefix: `/${path}` } } } },
    }).id!;
  }

  statuses(name: string): readonly string[] {
    const input = { targetGroupIdentifier: this.groups[name] };
    return this.call('ListTargets', input).items!.map(({ status }) => status!);
  }

  call<Name extends keyof Outputs>(operation: Name, input: object): Outputs[Name] {
    const service: AwsService = this.lattice;
    return service.operations[operation]!.run(input as never, { role: 'operator' }) as Outputs[Name];
  }

  /** Returns the code of a call's AWS error; null if it succeeds. */
  refusal(operation: keyof Outputs, input: object): string | null {
    try {
      this.call(operation, input);
      return null;
    } catch (error) {
      if (error instanceof AwsError) return error.code;
      throw error;
    }
  }

  pass(seconds: number): Promise<void> {
    return this.surroundings.run(seconds);
  }
}
