// Reads CloudFormation templates with cdk-nag's rule pack "AWS Solutions". Each finding must be acknowledged, with its
// reason, in aws/cdk-nag.json; each acknowledgement must still be needed. Run by ci/cdk-nag.sh.
'use strict'
const fs = require('node:fs')
const path = require('node:path')
const { App, Stack } = require('aws-cdk-lib')
const { CfnInclude } = require('aws-cdk-lib/cloudformation-include')
const { AwsSolutionsChecks } = require('cdk-nag')

const [acknowledgedFile, ...templates] = process.argv.slice(2)
const acknowledged = JSON.parse(fs.readFileSync(acknowledgedFile, 'utf8'))
let bad = 0

function complain(template, resource, rule, text) {
  console.error(`${template} ${resource}: ${rule}: ${text}`)
  bad++
}

for (const file of templates) {
  const name = path.basename(file)
  const known = acknowledged[name] ?? {}
  const needed = new Set()
  const app = new App()
  const stack = new Stack(app, 'stack')
  new CfnInclude(stack, 'template', { templateFile: file })
  const { violations } = new AwsSolutionsChecks(app).validateScope(stack)
  for (const { ruleName, description, violatingResources } of violations) {
    for (const { constructPath } of violatingResources) {
      const resource = path.basename(constructPath)
      const rule = ruleName.replace(/^AwsSolutions-/, '')
      needed.add(`${resource} ${rule}`)
      if (!known[resource]?.[rule]) complain(name, resource, rule, description)
    }
  }
  for (const [resource, rules] of Object.entries(known)) {
    for (const rule of Object.keys(rules)) {
      if (!needed.has(`${resource} ${rule}`)) complain(name, resource, rule, 'is acknowledged, and found no more')
    }
  }
  console.log(`${name}: ${needed.size} findings, ${bad ? 'not all of them' : 'each'} acknowledged with its reason`)
}
process.exit(bad ? 1 : 0)
