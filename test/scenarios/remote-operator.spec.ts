/** Someone operates a node from another machine: by key, over the swarm, for as long as the node's operator lets them. */
import { chmodSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type CommandResult, Lab, mutuo, type NodeProcess, Operator } from '#libs/lab'
import type { NodeStatus, OperatorView } from '#libs/messages'
import { fromText } from '#libs/record'
import { Caller, Dialler } from '#libs/swarm'

let lab: Lab
let node: NodeProcess
let operator: Operator
let nodeKey: string

beforeAll(async () => {
  lab = await Lab.open()
  node = await lab.startNode('valley')
  operator = new Operator(node.options.dataDir)
  nodeKey = (await operator.json<NodeStatus>('status')).nodeKey
}, 60_000)

afterAll(() => lab?.close(), 60_000)

/** A person at another machine: with a configuration directory of their own, and nothing of the node but its key. */
function personAt(name: string) {
  const env = {
    MUTUO_CONFIG: lab.folder(name),
    MUTUO_BOOTSTRAP: node.options.bootstrap.join(','),
    MUTUO_HOST: '127.0.0.1',
    MUTUO_DATA: '/nowhere',
  }
  return {
    env,
    run: (...args: string[]): Promise<CommandResult> => mutuo(args, env),
    key: async () => (await mutuo(['operators', 'key'], env)).stdout.trim(),
  }
}

describe('a node operated from elsewhere', () => {
  it('answers an operator whose key it was given, even before it is in any network', async () => {
    const ana = personAt('ana')
    const key = await ana.key()
    expect(key).toMatch(/^[a-z0-9]{52}$/)
    expect(await ana.key()).toBe(key)
    expect(statSync(join(ana.env.MUTUO_CONFIG, 'operator.key')).mode & 0o777).toBe(0o600)

    await operator.json('operators', 'add', key, '--name', 'Ana')
    const { code, stdout, stderr } = await ana.run('--node', nodeKey, 'status', '--json')
    expect([code, stderr]).toEqual([0, ''])
    expect(JSON.parse(stdout)).toMatchObject({ nodeKey, network: null })

    const created = await ana.run('--node', nodeKey, 'network', 'create', 'Valley')
    expect([created.code, created.stdout]).toEqual([0, expect.stringMatching(/name +Valley\n/)])
    expect((await operator.json<NodeStatus>('status')).network?.name).toBe('Valley')
    const members = await ana.run('members', '--node', nodeKey)
    expect([members.code, members.stdout]).toEqual([0, expect.stringContaining('yes')])
    const { items } = await operator.json<{ items: OperatorView[] }>('operators', 'list')
    expect(items).toMatchObject([{ key, name: 'Ana', usedAtMs: expect.any(Number) as number }])
  }, 60_000)

  it('refuses a stranger, and says how it would be let in', async () => {
    const stranger = personAt('stranger')
    const key = await stranger.key()
    const told = await stranger.run('--node', nodeKey, 'status')
    expect([told.code, told.stdout]).toEqual([1, ''])
    expect(told.stderr).toContain('refused: not an operator')
    expect(told.stderr).toContain(`mutuo operators add ${key}`)
    const json = await stranger.run('--node', nodeKey, 'network', 'create', 'Theirs', '--json')
    expect([json.code, JSON.parse(json.stderr)]).toEqual([
      1,
      expect.objectContaining({ refused: 'not_an_operator', key }),
    ])
    expect((await operator.json<NodeStatus>('status')).network?.name).toBe('Valley')
  }, 60_000)

  it('takes a key back at once, and closes what its holder has open', async () => {
    const tom = personAt('tom')
    const key = await tom.key()
    await operator.json('operators', 'add', key, '--name', 'Tom')
    const seed = Buffer.from(readFileSync(join(tom.env.MUTUO_CONFIG, 'operator.key'), 'utf8').trim(), 'hex')
    const [host, port] = node.options.bootstrap[0]!.split(':') as [string, string]
    const bootstrap = [{ host, port: Number(port) }]
    const dialler = new Dialler({ remoteKey: fromText(nodeKey), seed, bootstrap, host })
    const caller = new Caller({ dial: dialler.dial, protocol: 'mutuo/operators/1' })
    try {
      const actor = { account: 'cli', role: 'operator', identity: null }
      const ended = expect(caller.stream('events.watch', { actor }).next()).rejects.toMatchObject({
        code: 'peer_refused',
        reason: 'not_an_operator',
      })
      expect(await caller.request('node.status', {})).toMatchObject({ nodeKey })
      await operator.json('operators', 'remove', key)
      await ended
      await expect(caller.request('node.status', {})).rejects.toMatchObject({ reason: 'not_an_operator' })
    } finally {
      caller.close()
      await dialler.destroy()
    }
    expect(await tom.run('--node', nodeKey, 'status')).toMatchObject({ code: 1, stdout: '' })
    const again = await operator.run('operators', 'remove', key)
    expect([again.code, again.stderr]).toEqual([1, 'refused: operator not found\n'])
  }, 60_000)

  it('says so when no node has the key', async () => {
    const ana = personAt('ana')
    const nobody = await ana.run('--node', await personAt('somebody').key(), 'status')
    expect([nobody.code, nobody.stderr]).toEqual([3, expect.stringContaining('no node answers under the key')])
    expect(await ana.run('--node', 'short', 'status')).toMatchObject({ code: 2 })
  }, 60_000)

  it('knows its operators again after a restart', async () => {
    await node.stop()
    await node.start()
    const { code, stdout } = await personAt('ana').run('--node', nodeKey, 'status', '--json')
    expect([code, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ nodeKey })])
  }, 60_000)

  it('does not give a key away that others may read', async () => {
    const careless = personAt('careless')
    await careless.key()
    const path = join(careless.env.MUTUO_CONFIG, 'operator.key')
    expect(readFileSync(path, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/)
    chmodSync(path, 0o644)
    const told = await careless.run('operators', 'key')
    expect([told.code, told.stderr]).toEqual([1, expect.stringContaining('others may read')])
  })
})
