import type {
  CreateListenerInput,
  CreateListenerOutput,
  DescribeListenersInput,
  DescribeListenersOutput,
  Listener as Answer,
  ModifyListenerInput,
  ModifyListenerOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Surroundings } from '../aws.ts';
import { AwsError } from '../service.ts';
import { checkAssociation, normalise } from './forward.ts';
import { READ, WRITE } from './limits.ts';
import { readOnly } from './access.ts';
import { page } from './paging.ts';
import {
  findListener,
  findLoadBalancer,
  putRule,
  tagsOf,
  type ElbState,
  type Listener,
  type Rule,
} from './state.ts';
import { addTags } from './tags.ts';

export function listenerOperations(surroundings: Surroundings, state: ElbState) {
  return {
    CreateListener: {
      bucket: WRITE,
      authorize: ({ LoadBalancerArn = '' }: CreateListenerInput) => [
        {
          action: 'elasticloadbalancing:CreateListener',
          resource: LoadBalancerArn,
          tags: tagsOf(state, LoadBalancerArn),
        },
      ],
      run: (input: CreateListenerInput) => create(surroundings, state, input),
    },
    DescribeListeners: {
      bucket: READ,
      authorize: readOnly('DescribeListeners'),
      run: (input: DescribeListenersInput) => describe(state, input),
    },
    ModifyListener: {
      bucket: WRITE,
      authorize: ({ ListenerArn = '' }: ModifyListenerInput) => [
        {
          action: 'elasticloadbalancing:ModifyListener',
          resource: ListenerArn,
          tags: tagsOf(state, ListenerArn),
        },
      ],
      run: (input: ModifyListenerInput) => modify(state, input),
    },
  };
}

function create({ random }: Surroundings, state: ElbState, input: CreateListenerInput): CreateListenerOutput {
  const loadBalancer = findLoadBalancer(state, input.LoadBalancerArn);
  const { Port: port = 80, Protocol: protocol = 'HTTP' } = input;
  const taken = [...state.listeners.values()].some(
    (other) => other.loadBalancer === loadBalancer && other.port === port,
  );
  if (taken)
    throw new AwsError('DuplicateListener', 'A listener already exists on this port for this load balancer');
  const chance = random(`elb/listener/${loadBalancer.name}/${port}`);
  const arn = `${loadBalancer.arn.replace(':loadbalancer/', ':listener/')}/${chance.hex(16)}`;
  const listener: Listener = { arn, loadBalancer, port, protocol };
  const actions = normalise(state, input.DefaultActions);
  checkAssociation(state, listener, actions);
  const rule: Rule = {
    arn: ruleArn(arn, chance.hex(16)),
    listener,
    priority: 'default',
    conditions: [],
    actions,
  };
  state.listeners.set(arn, listener);
  putRule(state, rule);
  addTags(state, arn, input.Tags);
  return { Listeners: [answer(state, listener)] };
}

export function ruleArn(listenerArn: string, id: string): string {
  return `${listenerArn.replace(':listener/', ':listener-rule/')}/${id}`;
}

function describe(state: ElbState, input: DescribeListenersInput): DescribeListenersOutput {
  const { ListenerArns: arns, LoadBalancerArn } = input;
  if (!arns?.length && LoadBalancerArn === undefined)
    throw new AwsError('ValidationError', 'Either listener ARNs or a load balancer ARN must be specified');
  const listeners = arns?.length
    ? arns.map((each) => findListener(state, each))
    : listenersOf(state, LoadBalancerArn);
  const { items, next } = page(listeners, input);
  return { Listeners: items.map((each) => answer(state, each)), ...next };
}

function listenersOf(state: ElbState, loadBalancerArn: string | undefined): readonly Listener[] {
  const loadBalancer = findLoadBalancer(state, loadBalancerArn);
  return [...state.listeners.values()].filter((listener) => listener.loadBalancer === loadBalancer);
}

function modify(state: ElbState, input: ModifyListenerInput): ModifyListenerOutput {
  const listener = findListener(state, input.ListenerArn);
  if (input.DefaultActions?.length) {
    const rule = defaultRule(state, listener);
    const actions = normalise(state, input.DefaultActions, rule.actions);
    checkAssociation(state, listener, actions);
    putRule(state, { ...rule, actions });
  }
  listener.port = input.Port ?? listener.port;
  listener.protocol = input.Protocol ?? listener.protocol;
  return { Listeners: [answer(state, listener)] };
}

export function defaultRule(state: ElbState, listener: Listener): Rule {
  const rule = state.rules.of(listener).at(-1);
  if (rule === undefined) throw new AwsError('InternalFailure', 'A listener always has a default rule', 500);
  return rule;
}

function answer(state: ElbState, listener: Listener): Answer {
  return {
    ListenerArn: listener.arn,
    LoadBalancerArn: listener.loadBalancer.arn,
    Port: listener.port,
    Protocol: listener.protocol as NonNullable<Answer['Protocol']>,
    DefaultActions: [...defaultRule(state, listener).actions],
  };
}
