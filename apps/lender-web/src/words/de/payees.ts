/** In German: where to pay people. */
import type { payees as en } from '../en/payees'

export const payees: Record<keyof typeof en, string> = {
  'payee.title': 'Wohin zahlen',
  'payee.of': 'Wohin an {name} zahlen',
  'payee.none': 'Noch nicht gesagt, wohin zu zahlen ist.',
  'payee.none.hint':
    'Es erscheint hier, sobald die andere Seite es gesagt hat. Nur die beiden Seiten eines geschlossenen Vertrags sehen es.',
  'payee.since': 'Seit {when}',
  'payee.flag':
    'Das hat sich {when} geändert. Vertauschte Kontonummern sind der häufigste Betrug: Frag auf anderem Weg nach, etwa am Telefon, bevor du zahlst.',
  'payee.preferred': 'bevorzugt',
  'payee.way.iban': 'Bankkonto',
  'payee.way.mobileMoney': 'Mobiles Geld',
  'payee.way.bitcoin': 'Bitcoin',
  'payee.way.text': 'Anders',
  'payee.iban': 'IBAN',
  'payee.bic': 'BIC (freiwillig)',
  'payee.holder': 'Kontoinhaber',
  'payee.provider': 'Anbieter',
  'payee.number': 'Nummer, mit Ländervorwahl',
  'payee.address': 'Adresse',
  'payee.text': 'Wie zu zahlen ist',
  'payee.own': 'Wohin man dir zahlt',
  'payee.own.hint':
    'Geht an die andere Seite deiner geschlossenen Verträge und an sonst niemanden. Eine Änderung wird ihr 30 Tage lang angezeigt.',
  'payee.own.add': 'Weg hinzufügen',
  'payee.own.remove': 'Entfernen',
  'payee.own.save': 'Speichern',
  'payee.own.saved': 'Wohin man dir zahlt, ist gespeichert',
}
