import { Logger } from '@aws-lambda-powertools/logger';

/** The structured logger. serverless.yml sets its service and level in the environment. */
export const logger = new Logger();
