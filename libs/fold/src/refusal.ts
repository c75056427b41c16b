/** A named refusal: what a command answers instead of doing something. The name is stable and is the API's problem type. */
export type Refusal = { readonly refused: string } & { readonly [detail: string]: unknown }

/** Whether an answer is a refusal. */
export function isRefusal(answer: unknown): answer is Refusal {
  return typeof answer === 'object' && answer !== null && typeof (answer as Refusal).refused === 'string'
}
