import { isDate } from '#libs/money'
import { ValidateBy } from 'class-validator'

/** A day that exists, as `YYYY-MM-DD`. */
export const IsPlainDate = (): PropertyDecorator =>
  ValidateBy({
    name: 'isPlainDate',
    validator: { validate: isDate, defaultMessage: () => 'must be a date, YYYY-MM-DD' },
  })
