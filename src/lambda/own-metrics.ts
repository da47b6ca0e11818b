import { Metrics } from '@aws-lambda-powertools/metrics';
import { logger } from './logger.ts';

/** One measurement: see src/events/measures.ts. */
interface Measure {
  readonly name: string;
  readonly unit: 'Count' | 'Seconds';
  readonly value: number;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly why?: string;
}

/** The namespace of Lastgood's metrics. The dimension `service` is the name of the stack. */
export const NAMESPACE = 'Lastgood';

/** Publishes measurements. Never throws: metrics never fail a rollback. */
export type Publish = (measures: readonly Measure[], at: string) => void;

/**
 * Publishes in the embedded metric format: one line of the log for each measurement, from which CloudWatch makes the
 * metric later. So it takes no call and no time.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function createOwnMetrics(service: string): Publish {
  const metrics = new Metrics({ namespace: NAMESPACE, serviceName: service, logger });
  return (measures, at) => {
    for (const { name, unit, value, dimensions, why } of measures)
      try {
        const single = metrics.singleMetric();
        single.addDimensions({ ...dimensions });
        single.setTimestamp(Date.parse(at));
        if (why !== undefined) single.addMetadata('why', why);
        single.addMetric(name, unit, value);
      } catch (error) {
        logger.warn('not measured', error as Error);
      }
  };
}
