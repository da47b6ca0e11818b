import type { ComparisonOperator } from '@aws-sdk/client-cloudwatch';

/** The limits of one datapoint: a threshold, or the two edges of an anomaly detection band. */
export interface Limits {
  readonly lower: number;
  readonly upper: number;
}

interface Comparison {
  readonly breaches: (value: number, limits: Limits) => boolean;
  /** As in "was … the threshold". */
  readonly words: string;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
export const COMPARISONS: Readonly<Record<ComparisonOperator, Comparison>> = {
  GreaterThanThreshold: { breaches: (value, { upper }) => value > upper, words: 'greater than' },
  GreaterThanOrEqualToThreshold: {
    breaches: (value, { upper }) => value >= upper,
    words: 'greater than or equal to',
  },
  LessThanThreshold: { breaches: (value, { lower }) => value < lower, words: 'less than' },
  LessThanOrEqualToThreshold: {
    breaches: (value, { lower }) => value <= lower,
    words: 'less than or equal to',
  },
  GreaterThanUpperThreshold: { breaches: (value, { upper }) => value > upper, words: 'greater than' },
  LessThanLowerThreshold: { breaches: (value, { lower }) => value < lower, words: 'less than' },
  LessThanLowerOrGreaterThanUpperThreshold: {
    breaches: (value, { lower, upper }) => value < lower || value > upper,
    words: 'less than the lower thresholds or greater than',
  },
};
