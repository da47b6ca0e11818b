type Json = Readonly<Record<string, unknown>>;

export interface Template {
  readonly Parameters: Json;
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: Json }>>;
  readonly Outputs: Json;
}

/** The resources and the output with which osls uploads the bundles. A release is uploaded by its user. */
const OF_OSLS = {
  resources: ['ServerlessDeploymentBucket', 'ServerlessDeploymentBucketPolicy'],
  outputs: ['ServerlessDeploymentBucketName'],
};

/** Where the user has uploaded the archives. The bucket must be in the Region of the stack. */
const PARAMETERS = {
  Bucket: {
    Type: 'String',
    AllowedPattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$',
    Description: 'The bucket with the archives of this release, in the Region of the stack.',
  },
  Prefix: {
    Type: 'String',
    Default: '',
    AllowedPattern: '^([^/].*/)?$',
    Description:
      'What the keys of the archives begin with, and a slash: "lastgood/". Empty: the archives are not in a folder.',
  },
};

/**
 * Returns the packaged template for a bucket that the user names. The key of each archive has the hash of its content, so
 * that CloudFormation sees when a function has changed.
 * @param archiveOf returns the name of the archive with a function's handler
 */
export function releasedTemplate(packaged: Template, archiveOf: (handler: string) => string): Template {
  const kept = Object.entries(packaged.Resources).filter(([id]) => !OF_OSLS.resources.includes(id));
  const Resources = Object.fromEntries(
    kept.map(([id, resource]) => [
      id,
      resource.Type === 'AWS::Lambda::Function' ? moved(resource) : resource,
    ]),
  );
  const outputs = Object.entries(packaged.Outputs).filter(([name]) => !OF_OSLS.outputs.includes(name));
  return {
    ...packaged,
    Parameters: { ...packaged.Parameters, ...PARAMETERS },
    Resources,
    Outputs: Object.fromEntries(outputs),
  };

  function moved<R extends { readonly Properties?: Json }>(resource: R): R {
    const { Properties = {} } = resource;
    const S3Key = { 'Fn::Sub': `\${Prefix}${archiveOf(String(Properties['Handler']))}` };
    return { ...resource, Properties: { ...Properties, Code: { S3Bucket: { Ref: 'Bucket' }, S3Key } } };
  }
}
