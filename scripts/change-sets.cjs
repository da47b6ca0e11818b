'use strict';

/*
 * Mends the calls with which osls creates and updates the stack. A plugin of the Serverless Framework.
 */

module.exports = class ChangeSets {
  constructor(serverless) {
    this.serverless = serverless;
    this.hooks = { 'before:aws:deploy:deploy:createStack': () => this.mend() };
  }

  mend() {
    const deploy = this.serverless.pluginManager.plugins.find(
      ({ constructor }) => constructor.name === 'AwsDeploy',
    );
    const shared = deploy.getSharedStackActionParams.bind(deploy);
    const changeSet = deploy.getCreateChangeSetParams.bind(deploy);
    deploy.getSharedStackActionParams = (options) => withDeclared(shared(options), options.templateBody);
    deploy.getCreateChangeSetParams = (options) => ({
      ...changeSet(options),
      ...(options.changeSetType === 'UPDATE' && { ImportExistingResources: true }),
    });
  }
};

/**
 * Drops the parameters that the template does not declare, because CloudFormation refuses them. osls creates the stack
 * with its bucket alone, whose template has no parameters, and passes those of the whole stack.
 */
function withDeclared(params, template) {
  if (template === undefined) return params;
  const declared = new Set(Object.keys(template.Parameters ?? {}));
  return {
    ...params,
    Parameters: params.Parameters.filter(({ ParameterKey }) => declared.has(ParameterKey)),
  };
}
