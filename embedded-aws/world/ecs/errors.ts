import { AwsError } from '../service.ts';

/**
 * Errors by the names of the API reference. The messages are those that AWS answers with where we have seen them
 * quoted; nothing may depend on them.
 */
export const clusterNotFound = (): AwsError => new AwsError('ClusterNotFoundException', 'Cluster not found.');
export const serviceNotFound = (): AwsError => new AwsError('ServiceNotFoundException', 'Service not found.');
export const serviceNotActive = (): AwsError =>
  new AwsError('ServiceNotActiveException', 'Service was not ACTIVE.');
export const taskSetNotFound = (): AwsError =>
  new AwsError('TaskSetNotFoundException', 'The specified task set was not found.');
export const limitExceeded = (message: string): AwsError => new AwsError('LimitExceededException', message);
/** Task sets are changed under the controller EXTERNAL only; which error says so is not documented. */
export const unsupportedController = (): AwsError =>
  new AwsError('InvalidParameterException', 'The deployment controller of the service must be EXTERNAL.');
export const serviceDeploymentNotFound = (): AwsError =>
  new AwsError('ServiceDeploymentNotFoundException', 'Service deployment not found.');
export const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message);
export const client = (message: string): AwsError => new AwsError('ClientException', message);
export const conflict = (message: string): AwsError => new AwsError('ConflictException', message);

/** What AWS has and the embedded one has not. */
export const notModelled = (what: string): AwsError =>
  new AwsError('UnsupportedFeatureException', `Not modelled in the embedded AWS: ${what}.`);
