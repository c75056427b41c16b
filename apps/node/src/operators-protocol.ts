/** The name under which operators' messages go over a connection between Noise keys. */
export const OPERATORS_PROTOCOL = 'mutuo/operators/1'
