import { metricsText } from './metrics-text.js'

describe('figures in text form', () => {
  it('have help, type and a line for each value, with its labels', () => {
    const values = [
      { labels: { kind: 'inbound' }, value: 3 },
      { labels: { kind: 'outbound', of: 'topic' }, value: 0 },
    ]
    expect(metricsText([{ name: 'mutuo_connections', type: 'gauge', help: 'Connections', values }])).toBe(
      [
        '# HELP mutuo_connections Connections',
        '# TYPE mutuo_connections gauge',
        'mutuo_connections{kind="inbound"} 3',
        'mutuo_connections{kind="outbound",of="topic"} 0\n',
      ].join('\n'),
    )
  })

  it('go without braces where there are no labels, and with escapes where there must be', () => {
    const values = [{ labels: {}, value: 1.5 }]
    expect(metricsText([{ name: 'mutuo_peers', type: 'gauge', help: 'a\nb', values }])).toContain(
      '# HELP mutuo_peers a\\nb\n# TYPE mutuo_peers gauge\nmutuo_peers 1.5\n',
    )
    const quoted = [{ labels: { reason: 'a "b" \\' }, value: 1 }]
    expect(metricsText([{ name: 'x', type: 'counter', help: '', values: quoted }])).toContain(
      'x{reason="a \\"b\\" \\\\"} 1',
    )
  })
})
