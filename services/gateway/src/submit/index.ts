export { type SubmitOptions, type Submitted, submitMessage } from './submit-message.ts'
