import fc from 'fast-check'
import { frame, FrameReader } from './json-frames.js'

const bytesOf = (text: string) => new TextEncoder().encode(text)

describe('the framing of the socket', () => {
  it('is the length in UTF-16 units, a hash sign, and the JSON', () => {
    expect(frame({ a: 'é' })).toBe('9#{"a":"é"}')
    expect(frame('😀')).toBe('4#"😀"')
  })

  it('is read back whatever the messages and wherever the stream is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.jsonValue(), fc.string({ unit: 'grapheme' }))),
        fc.array(fc.nat()),
        (messages, cuts) => {
          const bytes = bytesOf(messages.map(frame).join(''))
          const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
          const reader = new FrameReader()
          const read = at.slice(1).flatMap((end, index) => reader.push(bytes.subarray(at[index], end)))
          expect(read).toEqual(JSON.parse(JSON.stringify(messages)))
        },
      ),
    )
  })

  it('takes several messages out of one chunk', () => {
    expect(new FrameReader().push(bytesOf(frame({ id: 1 }) + frame({ id: 2 })))).toEqual([{ id: 1 }, { id: 2 }])
  })

  it('keeps a message that is split in the middle of a character', () => {
    const bytes = bytesOf(frame('😀'))
    const reader = new FrameReader()
    expect(reader.push(bytes.subarray(0, 5))).toEqual([])
    expect(reader.push(bytes.subarray(5))).toEqual(['😀'])
  })

  it.each(['HTTP/1.1 400 Bad Request\r\n', '-5#{}', '99999999999#', '1e3#{}'])('refuses %j', (text) => {
    expect(() => new FrameReader().push(bytesOf(text))).toThrow('does not speak the protocol')
  })
})
