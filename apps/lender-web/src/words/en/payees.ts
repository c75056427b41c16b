/** Where to pay people. */
export const payees = {
  'payee.title': 'Where to pay',
  'payee.of': 'Where to pay {name}',
  'payee.none': 'Not said yet where to pay.',
  'payee.none.hint':
    'It appears here when the other side has said it. Only the two sides of a concluded agreement see it.',
  'payee.since': 'Since {when}',
  'payee.flag':
    'This changed {when}. A swapped account number is the commonest fraud: ask by another way, such as a call, before you pay.',
  'payee.preferred': 'preferred',
  'payee.way.iban': 'Bank account',
  'payee.way.mobileMoney': 'Mobile money',
  'payee.way.bitcoin': 'Bitcoin',
  'payee.way.text': 'Another way',
  'payee.iban': 'IBAN',
  'payee.bic': 'BIC (optional)',
  'payee.holder': 'Account holder',
  'payee.provider': 'Provider',
  'payee.number': 'Number, with country code',
  'payee.address': 'Address',
  'payee.text': 'How to pay',
  'payee.own': 'Where you are paid',
  'payee.own.hint':
    'Goes to the other side of your concluded agreements and to nobody else. A change is flagged to them for 30 days.',
  'payee.own.add': 'Add a way',
  'payee.own.remove': 'Remove',
  'payee.own.save': 'Save',
  'payee.own.saved': 'Where you are paid was saved',
} as const
