import { AwsError } from '../service.ts';

/**
 * Errors by the names of the API reference. The messages are quoted from AWS's answers where a quotation exists;
 * nothing may depend on them.
 */
export const clusterNotFound = (): AwsError => new AwsError('ClusterNotFoundException', 'Cluster not found.');
export const serviceNotFound = (): AwsError => new AwsError('ServiceNotFoundException', 'Service not found.');
export const serviceNotActive = (): AwsError =>
  new AwsError('ServiceNotActiveException', 'Service was not ACTIVE.');
export const taskSetNotFound = (): AwsError =>
  new AwsError('TaskSetNotFoundException', 'The specified task set was not found.');
export const limitExceeded = (message: string): AwsError => new AwsError('LimitExceededException', message);
/**
 * Returns the error for a task set of another controller. Only EXTERNAL lets callers change task sets; AWS does not
 * document which error says so.
 */
export const unsupportedController = (): AwsError =>
  new AwsError('InvalidParameterException', 'The deployment controller of the service must be EXTERNAL.');
export const serviceDeploymentNotFound = (): AwsError =>
  new AwsError('ServiceDeploymentNotFoundException', 'Service deployment not found.');
export const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message);
export const client = (message: string): AwsError => new AwsError('ClientException', message);
export const conflict = (message: string): AwsError => new AwsError('ConflictException', message);

/** Returns the error for a feature that AWS has and this simulation lacks. */
export const notModelled = (what: string): AwsError =>
  new AwsError('UnsupportedFeatureException', `Not modelled in the embedded AWS: ${what}.`);
