/** One statement of a policy document, as IAM reads it. Documents stay as they are for their evaluator. */
export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: Statement | readonly Statement[];
}

export interface Role {
  readonly name: string;
  readonly arn: string;
  readonly policies: readonly PolicyDocument[];
}

/** Lambda's settings for asynchronous events. */
export interface AsyncConfig {
  /** Retries after the function failed, 0 to 2. */
  readonly retries: number;
  readonly maxAgeSeconds: number;
  /** ARN of the on-failure destination. */
  readonly onFailure?: string;
  /** ARN of the function's dead-letter queue. */
  readonly deadLetters?: string;
}

export interface LambdaFunction {
  readonly name: string;
  readonly arn: string;
  /** Absolute path of the module, and the name of the exported handler. */
  readonly module: string;
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Name of the role. */
  readonly role: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly runtime: string;
  readonly async: AsyncConfig;
  /** Executions reserved for it, and the most that run at once; absent: it shares those of the account. */
  readonly reservedConcurrency?: number;
}

/** A statement of a function's resource policy. */
export interface Permission {
  /** ARN of the function. */
  readonly function: string;
  readonly principal: string;
  readonly sourceArn?: string;
  readonly sourceAccount?: string;
}

export interface RetryPolicy {
  readonly maxAgeSeconds: number;
  readonly attempts: number;
}

export interface Target {
  readonly id: string;
  readonly arn: string;
  readonly roleArn?: string;
  /** The target's input instead of the event. */
  readonly input?: string;
  readonly inputPath?: string;
  readonly inputTransformer?: {
    readonly InputPathsMap?: Readonly<Record<string, string>>;
    readonly InputTemplate: string;
  };
  /** HttpParameters: headers and query of an API destination. */
  readonly http?: {
    readonly headers: Readonly<Record<string, string>>;
    readonly query: Readonly<Record<string, string>>;
  };
  readonly retry: RetryPolicy;
  /** ARN of the dead-letter queue. */
  readonly deadLetters?: string;
}

export interface Rule {
  readonly name: string;
  readonly arn: string;
  /** Name of the bus. */
  readonly bus: string;
  readonly pattern?: Readonly<Record<string, unknown>>;
  /** `rate(…)` or `cron(…)`. */
  readonly schedule?: string;
  readonly targets: readonly Target[];
}

/** A statement of a bus's resource policy. */
export interface BusPolicy {
  /** Name of the bus. */
  readonly bus: string;
  readonly statement: Statement;
}

export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly policies: readonly PolicyDocument[];
  readonly visibilitySeconds: number;
}

/** How EventBridge authenticates at an HTTP endpoint, and what it adds to each request. */
export interface Connection {
  readonly arn: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

/** An HTTP endpoint that a rule may have as a target. */
export interface ApiDestination {
  readonly arn: string;
  /** ARN of the connection. */
  readonly connection: string;
  readonly method: string;
  readonly endpoint: string;
  readonly ratePerSecond?: number;
}

export interface StateMachine {
  readonly name: string;
  readonly arn: string;
  /** Name of the role. */
  readonly role: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  /** The Amazon States Language definition, after substitutions. */
  readonly definition: Readonly<Record<string, unknown>>;
}

/** A statement of a bucket's policy. */
export interface BucketPolicy {
  /** Name of the bucket. */
  readonly bucket: string;
  readonly statement: Statement;
}

/** One route of an HTTP API, which calls a function. */
export interface Route {
  /** Id of the API. */
  readonly api: string;
  /** `POST /slack`, or with parameters `GET /reports/{execution}` */
  readonly key: string;
  /** `AWS_IAM`: callers need the permission to invoke it. */
  readonly authorization: 'NONE' | 'AWS_IAM';
  /** ARN of the function. */
  readonly function: string;
  /** Requests a second, and at once; absent: no limit of its own. */
  readonly throttle?: { readonly rate: number; readonly burst: number };
}

/** A packaged stack: its template, with every intrinsic function resolved. */
export interface Stack {
  readonly name: string;
  readonly functions: readonly LambdaFunction[];
  readonly permissions: readonly Permission[];
  readonly roles: readonly Role[];
  readonly buses: readonly string[];
  readonly busPolicies: readonly BusPolicy[];
  readonly rules: readonly Rule[];
  readonly connections: readonly Connection[];
  readonly apiDestinations: readonly ApiDestination[];
  readonly queues: readonly Queue[];
  /** Names of the buckets. */
  readonly buckets: readonly string[];
  readonly bucketPolicies: readonly BucketPolicy[];
  readonly stateMachines: readonly StateMachine[];
  /** Inputs of CreateTable. */
  readonly tables: readonly Readonly<Record<string, unknown>>[];
  /** Inputs of PutParameter. */
  readonly parameters: readonly Readonly<Record<string, unknown>>[];
  /** Inputs of PutMetricAlarm. */
  readonly alarms: readonly Readonly<Record<string, unknown>>[];
  /** Inputs of PutDashboard. */
  readonly dashboards: readonly Readonly<Record<string, unknown>>[];
  readonly topics: readonly { readonly name: string; readonly arn: string }[];
  readonly subscriptions: readonly {
    readonly topicArn: string;
    readonly protocol: string;
    readonly endpoint: string;
  }[];
  readonly routes: readonly Route[];
  /** The stack's outputs by name. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Logical ids of resources without effect here: log groups, the deployment bucket. */
  readonly ignored: readonly string[];
}
