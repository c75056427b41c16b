import { PackedRun, sha256 } from '#libs/record'
import { Download, DOWNLOAD_LIMITS } from './download.js'

const author = (n: number) => sha256(Uint8Array.of(n & 255, n >> 8))
/** A run whose bytes nobody looks at. */
const runOf = (n: number, from: number, count: number) =>
  PackedRun.of(
    author(n),
    from,
    Array.from({ length: count }, () => ({ header: new Uint8Array(300), signature: null, body: new Uint8Array(100) })),
  )

describe('a download', () => {
  it('remembers so many logs of unknown authors on the word of one peer, and another peer has room of its own', () => {
    const download = new Download({ ...DOWNLOAD_LIMITS, unknownPerPeer: 10 })
    download.join('liar')
    download.join('honest')
    for (let n = 0; n < 100; n++) download.claim(author(n), 'liar', 5, 0, false, 0)
    download.claim(author(500), 'honest', 5, 0, false, 0)
    const asked = download.requests(0, 1_000, true).flatMap(({ peer, ranges }) => ranges.map(() => peer))
    expect(asked.filter((peer) => peer === 'liar')).toHaveLength(10)
    expect(asked.filter((peer) => peer === 'honest')).toHaveLength(1)
  })

  it('counts the ranges of a request as its peer does: until all of it is answered', () => {
    const download = new Download({ ...DOWNLOAD_LIMITS, windowRanges: 4 })
    download.join('one')
    for (let n = 0; n < 10; n++) download.claim(author(n), 'one', 1, 0, true, 0)
    const [first, ...none] = download.requests(0, 1_000, false)
    expect(none).toEqual([])
    expect(first!.ranges).toHaveLength(4)
    const runs = [0, 1, 2, 3].map((n) => runOf(n, 0, 1))
    expect(download.arrived('one', first!.request, runs.slice(0, 3), false, 1)).toHaveLength(3)
    expect(download.requests(1, 1_000, false)).toEqual([])
    expect(download.arrived('one', first!.request, runs.slice(3), true, 2)).toHaveLength(1)
    expect(download.requests(2, 1_000, false)).toMatchObject([{ ranges: { length: 4 } }])
  })

  it('takes what is pushed next although somebody claims more and does not serve it', () => {
    const download = new Download(DOWNLOAD_LIMITS)
    download.join('liar')
    download.claim(author(1), 'liar', 1_000_000, 10, true, 0)
    expect(download.requests(0, 1_000, false)).not.toEqual([])
    const taken = download.takePushed({ peer: 'honest', run: runOf(1, 10, 2) }, 10)
    expect(taken).toMatchObject({ run: { from: 10, count: 2 } })
    expect(download.takePushed({ peer: 'honest', run: runOf(1, 12, 1) }, 10)).toMatchObject({
      run: { from: 12, count: 1 },
    })
  })

  it('hands on what arrived before the record below it, when that one came another way', () => {
    const download = new Download(DOWNLOAD_LIMITS)
    for (const peer of ['one', 'other']) download.join(peer)
    download.claim(author(1), 'one', 8, 7, true, 0)
    expect(download.requests(0, 1_000, false)).toHaveLength(1)
    download.claim(author(1), 'other', 9, 7, true, 0)
    const [second] = download.requests(0, 1_000, false)
    expect(second).toMatchObject({ ranges: [{ from: 8, count: 1 }] })
    expect(download.arrived(second!.peer, second!.request, [runOf(1, 8, 1)], true, 1)).toEqual([])
    expect(download.takeReady()).toEqual([])
    // Record 7 was pushed.
    download.accepted(author(1), 8)
    expect(download.takeReady()).toMatchObject([{ run: { from: 8, count: 1 } }])
    expect(download.takeReady()).toEqual([])
  })

  it('waits for an answer that is on its way, and asks others when it comes byte by byte', () => {
    const download = new Download(DOWNLOAD_LIMITS)
    download.join('slow')
    download.claim(author(1), 'slow', 256, 0, true, 0)
    download.requests(0, 1_000, false)
    const { silenceMs } = DOWNLOAD_LIMITS
    let nowMs = 0
    for (let part = 0; part < 10; part++) {
      download.arriving('slow', 10_000, (nowMs += silenceMs - 1))
      expect(download.reassign(nowMs)).toBe(0)
    }
    const until = nowMs + silenceMs
    while (nowMs < until) download.arriving('slow', 1, (nowMs += 100))
    expect(download.reassign(nowMs)).toBe(1)
  })

  it('asks a slow peer for no more than it serves in two seconds, so that the rest is left to others', () => {
    const download = new Download(DOWNLOAD_LIMITS)
    download.join('slow')
    download.claim(author(1), 'slow', 100_000, 0, true, 0)
    const asked: { request: number; from: number; count: number }[] = []
    let nowMs = 0
    let next = 0
    for (let served = 0; served < 40; served++) {
      for (const { request, ranges } of download.requests(nowMs, 16_384, false)) {
        for (const { from, count } of ranges) asked.push({ request, from, count })
      }
      const { request, from, count } = asked[next++]!
      // 250 records a second.
      nowMs += count * 4
      const last = asked[next]?.request !== request
      download.arrived('slow', request, [runOf(1, from, count)], last, nowMs)
    }
    const waiting = asked.slice(next).reduce((sum, { count }) => sum + count, 0)
    expect(waiting).toBeLessThanOrEqual(768)
  })

  it('ignores a claim that is asked for and not served within a minute', () => {
    const download = new Download(DOWNLOAD_LIMITS)
    download.join('liar')
    download.claim(author(1), 'liar', 3, 0, true, 0)
    for (let now = 0; now < 66_000; now += 1_000) {
      download.reassign(now)
      download.requests(now, 1_000, true)
    }
    expect(download.isIdle).toBe(true)
    download.claim(author(1), 'liar', 3, 0, true, 120_000)
    expect(download.isIdle).toBe(true)
    download.claim(author(1), 'liar', 3, 0, true, 700_000)
    expect(download.isIdle).toBe(false)
  })

  it('asks for less at a time when records are large', () => {
    const download = new Download({ ...DOWNLOAD_LIMITS, mostBytesUnderWay: 1_000_000 })
    download.join('peer')
    download.claim(author(1), 'peer', 100_000, 0, true, 0)
    const asked = () => {
      const requests = download.requests(0, 100_000, true)
      return { requests, count: requests.flatMap(({ ranges }) => ranges).reduce((sum, { count }) => sum + count, 0) }
    }
    let { requests, count } = asked()
    expect(count).toBeGreaterThan(1_000)
    for (let round = 0; round < 30; round++) {
      for (const { request, ranges } of requests) {
        const runs = ranges.map(({ from, count: of }) => {
          const large = { header: new Uint8Array(300), signature: null, body: new Uint8Array(20_000) }
          return PackedRun.of(
            author(1),
            from,
            Array.from({ length: of }, () => large),
          )
        })
        download.arrived('peer', request, runs, true, 0)
      }
      ;({ requests, count } = asked())
    }
    expect(count).toBeLessThanOrEqual(256)
  })
})
