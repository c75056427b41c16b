import { refusalToProblem, statusOfRefusal } from './problem.js'

describe('a refusal as a problem', () => {
  it('has a stable type, a readable title, and the details as members', () => {
    expect(refusalToProblem({ refused: 'offer_capacity_exceeded', available: 12_500 })).toEqual({
      type: 'urn:mutuo:problem:offer_capacity_exceeded',
      title: 'Offer capacity exceeded',
      status: 409,
      available: 12_500,
    })
  })

  it('does not let a detail overwrite what the problem says of itself', () => {
    expect(refusalToProblem({ refused: 'loan_not_found', status: 200, type: 'x' })).toMatchObject({
      status: 404,
      type: 'urn:mutuo:problem:loan_not_found',
    })
  })

  it.each([
    ['loan_not_found', 404],
    ['not_authenticated', 401],
    ['login_failed', 401],
    ['not_allowed', 403],
    ['not_your_offer', 403],
    ['not_a_party', 403],
    ['not_the_payee', 403],
    ['already_signed', 409],
    ['proposal_expired', 409],
    ['payment_already_answered', 409],
    ['conclusion_not_final', 409],
    ['too_many_attempts', 429],
    ['request_malformed', 400],
    ['amount_out_of_range', 422],
    ['rate_out_of_range', 422],
  ])('answers %s with %i', (name, status) => {
    expect(statusOfRefusal(name)).toBe(status)
  })
})
