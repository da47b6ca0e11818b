import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import { createEc2 } from '../../../../functions/mechanisms/asg/ec2.ts';
import { createMechanism } from '../../../../functions/mechanisms/asg/mechanism.ts';
import { createTargetGroups } from '../../../../functions/mechanisms/asg/target-groups.ts';
import { createAutoScaling } from '../../../../functions/mechanisms/asg/sdk.ts';
import { AsgWorld, clientOf } from '@lastgood/embedded-aws/test/world/asg-world.ts';
import { FakeEntries } from '../../../fakes/ledger.ts';

export const TARGET = 'asg:web';
/** Time after which EC2 shows nothing of an ended instance. */
export const FORGOTTEN_SECONDS = 3700;

const READS = /^Describe/;

/** Sets up a group in the embedded AWS, and the mechanism in front of it. */
export class Stage extends AsgWorld {
  readonly calls: string[] = [];
  readonly ledger = new FakeEntries(TARGET);
  readonly autoscaling = createAutoScaling(
    Object.assign(new AutoScalingClient(), clientOf(this.world.autoscaling, this.calls)),
  );
  readonly ec2 = createEc2(Object.assign(new EC2Client(), clientOf(this.world.ec2, this.calls)));
  readonly targetGroups = createTargetGroups(clientOf(this.world.elb, this.calls) as never);
  readonly mechanism = createMechanism({
    autoscaling: this.autoscaling,
    ec2: this.ec2,
    targetGroups: this.targetGroups,
    ledger: this.ledger,
    now: () => this.world.clock.iso(),
  });

  get writes(): readonly string[] {
    return this.calls.filter((operation) => !READS.test(operation));
  }

  /** Launches four instances of version 1, which a refresh deployed. */
  static async good(more: object = {}): Promise<Stage> {
    const stage = new Stage();
    stage.create(stage.version(), more);
    await stage.pass(120);
    stage.refresh('1');
    await stage.ended();
    await stage.pass(600);
    return stage;
  }

  id(version: string): string {
    return `${this.template}/${version}`;
  }
}
