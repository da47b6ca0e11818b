import type * as sdk from '@aws-sdk/client-codepipeline';
import type { AwsEvent } from '../../world/aws.ts';
import { createCodePipeline } from '../../world/codepipeline/codepipeline.ts';
import { Objects } from '../../world/s3/objects.ts';
import type { ReleasedCode } from '../../world/seams.ts';
import { AwsError } from '../../world/service.ts';
import { surround } from './elb-shop.ts';

export const SOUND: ReleasedCode = { errorRate: 0, latency: 0.1 };
export const FAULTY: ReleasedCode = { errorRate: 1, latency: 0.1 };

interface Outputs {
  CreatePipeline: sdk.CreatePipelineOutput;
  DeletePipeline: object;
  DisableStageTransition: object;
  EnableStageTransition: object;
  GetPipeline: sdk.GetPipelineOutput;
  GetPipelineExecution: sdk.GetPipelineExecutionOutput;
  GetPipelineState: sdk.GetPipelineStateOutput;
  ListActionExecutions: sdk.ListActionExecutionsOutput;
  ListPipelineExecutions: sdk.ListPipelineExecutionsOutput;
  ListPipelines: sdk.ListPipelinesOutput;
  ListTagsForResource: sdk.ListTagsForResourceOutput;
  PutApprovalResult: sdk.PutApprovalResultOutput;
  RollbackStage: sdk.RollbackStageOutput;
  StartPipelineExecution: sdk.StartPipelineExecutionOutput;
  StopPipelineExecution: sdk.StopPipelineExecutionOutput;
  TagResource: object;
  UntagResource: object;
  UpdatePipeline: sdk.UpdatePipelineOutput;
}

export function action(
  name: string,
  category: sdk.ActionCategory,
  provider: string,
  more: Partial<sdk.ActionDeclaration> = {},
): sdk.ActionDeclaration {
  return { name, actionTypeId: { category, owner: 'AWS', provider, version: '1' }, ...more };
}

export const SOURCE: sdk.StageDeclaration = {
  name: 'Source',
  actions: [action('Commit', 'Source', 'CodeStarSourceConnection')],
};

export const PROD: sdk.StageDeclaration = {
  name: 'Prod',
  actions: [
    action('Deploy', 'Deploy', 'Lambda', {
      configuration: { FunctionName: 'checkout', FunctionAlias: 'live' },
    }),
  ],
};

/** Returns a declaration of the pipeline `checkout`. */
export function declaring(
  stages: readonly sdk.StageDeclaration[] = [SOURCE, PROD],
  more: Partial<sdk.PipelineDeclaration> = {},
): sdk.PipelineDeclaration {
  const roleArn = 'arn:aws:iam::111122223333:role/pipeline';
  return { name: 'checkout', roleArn, pipelineType: 'V2', stages: [...stages], ...more };
}

/** The pipeline `checkout`, and what its actions released, oldest first. */
export class PipelineWorld {
  readonly events: AwsEvent[] = [];
  readonly released: string[] = [];
  /** The share of errors of each release. */
  readonly behaviours: number[] = [];
  readonly surroundings = { ...surround(), emit: (event: AwsEvent) => void this.events.push(event) };
  readonly objects = new Objects(this.surroundings.clock);
  readonly codepipeline = createCodePipeline(
    this.surroundings,
    {
      release: (functionName, alias, { code, codeSha256 }) => {
        this.released.push(`${functionName}/${alias} ${codeSha256}`);
        this.behaviours.push(code.errorRate);
        return String(this.released.length);
      },
    },
    this.objects,
  );

  constructor(declaration = declaring()) {
    this.call('CreatePipeline', { pipeline: declaration, tags: [{ key: 'lastgood', value: 'approve' }] });
  }

  call<Name extends keyof Outputs>(operation: Name, input: object): Outputs[Name] {
    return this.codepipeline.operations[operation]!.run(input as never, {
      role: 'operator',
    }) as Outputs[Name];
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

  /** Starts an execution with a commit, and returns its id. */
  start(commit: string): string {
    const sourceRevisions = [{ actionName: 'Commit', revisionType: 'COMMIT_ID', revisionValue: commit }];
    return (
      this.call('StartPipelineExecution', { name: 'checkout', sourceRevisions }).pipelineExecutionId ?? ''
    );
  }

  async run(seconds: number): Promise<void> {
    const { clock } = this.surroundings;
    await clock.run(() => false, clock.now() + seconds * 1000);
  }

  /** Starts an execution, and waits until it is through. */
  async release(commit: string): Promise<string> {
    const id = this.start(commit);
    await this.run(120);
    return id;
  }

  status(pipelineExecutionId: string): string {
    const input = { pipelineName: 'checkout', pipelineExecutionId };
    return this.call('GetPipelineExecution', input).pipelineExecution?.status ?? '';
  }

  stage(name = 'Prod'): sdk.StageState {
    const { stageStates = [] } = this.call('GetPipelineState', { name: 'checkout' });
    return stageStates.find(({ stageName }) => stageName === name)!;
  }

  succeeded(stageName = 'Prod'): readonly string[] {
    const input = { pipelineName: 'checkout', filter: { succeededInStage: { stageName } } };
    const { pipelineExecutionSummaries = [] } = this.call('ListPipelineExecutions', input);
    return pipelineExecutionSummaries.map(({ pipelineExecutionId = '' }) => pipelineExecutionId);
  }

  rollBack(target: string, stageName = 'Prod'): string {
    const input = { pipelineName: 'checkout', stageName, targetPipelineExecutionId: target };
    return this.call('RollbackStage', input).pipelineExecutionId ?? '';
  }

  rollBackRefusal(target: string, stageName = 'Prod'): string | null {
    const input = { pipelineName: 'checkout', stageName, targetPipelineExecutionId: target };
    return this.refusal('RollbackStage', input);
  }
}
