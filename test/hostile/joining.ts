/** How someone who means harm gets in: properly, with an invite and a key of its own. From then on it is a member. */
import { isRefusal } from '#libs/fold'
import { fromText } from '#libs/record'
import { inviteFromText } from '../../libs/network/src/invite-text.js'
import { topicOf } from '../../libs/network/src/topic.js'
import { type HandKey, handKey, HandWrittenLog } from './hand-written-log.js'
import type { Outsider, Place } from './hostile-peer.js'

/** Joins by an invite at the node that made it (`nodeKey`: its Noise key, text). `now`: the clock of the log, ms. */
export async function joinByHand(
  outsider: Outsider,
  invite: string,
  nodeKey: string,
  author: HandKey,
  now: () => number,
): Promise<{ log: HandWrittenLog; place: Place }> {
  const text = inviteFromText(invite, now())
  if (isRefusal(text)) throw new Error(text.refused)
  const place = { net: text.net, topic: topicOf(text.net, text.topicSecret), node: fromText(nodeKey) }
  const log = new HandWrittenLog(author, text.net, now)
  const peer = await outsider.connect(place)
  await peer.greet(handKey(text.inviteSeed), 'invite')
  peer.say('offer', { record: log.begin() })
  await peer.hears('standing', ({ standing }) => standing === 'admitted')
  peer.leave()
  return { log, place }
}
