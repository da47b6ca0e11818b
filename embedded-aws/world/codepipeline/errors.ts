import { AwsError } from '../service.ts';

/* Errors by the names of the API reference. Nothing may depend on the messages. */

export const noPipeline = (name: string): AwsError =>
  new AwsError('PipelineNotFoundException', `Account '111122223333' does not have a pipeline named ${name}`);

export const noStage = (pipeline: string, stage: string): AwsError =>
  new AwsError('StageNotFoundException', `Could not find stage ${stage} in pipeline ${pipeline}`);

export const noExecution = (id: string): AwsError =>
  new AwsError('PipelineExecutionNotFoundException', `Could not find the pipeline execution ${id}`);

export const conflict = (): AwsError =>
  new AwsError(
    'ConflictException',
    'Your request cannot be handled because the pipeline is busy handling ongoing activities. Try again later.',
  );

export const unableToRollBack = (why: string): AwsError =>
  new AwsError('UnableToRollbackStageException', why);

export const outdated = (id: string): AwsError =>
  new AwsError(
    'PipelineExecutionOutdatedException',
    `The pipeline execution ${id} is outdated and cannot be used as a target pipeline execution for rollback.`,
  );

export const notStoppable = (id: string): AwsError =>
  new AwsError('PipelineExecutionNotStoppableException', `The pipeline execution ${id} cannot be stopped.`);

export const stoppedTwice = (id: string): AwsError =>
  new AwsError('DuplicatedStopRequestException', `The pipeline execution ${id} is already stopping.`);

export const invalid = (message: string): AwsError => new AwsError('ValidationException', message);

/** Returns the error for any other feature that AWS has and this simulation lacks. */
export const notModelled = (what: string): AwsError => invalid(`Not modelled in the embedded AWS: ${what}.`);
