// Neutral views as Slack shows them, and what Slack sends back as what people meant. Pure: no network, no clock.
export { renderHome } from './home.ts';
export { plainTextOf } from './incoming.ts';
export { valuesOf } from './inputs.ts';
export { keyOf, renderMessage } from './message.ts';
export { renderModal } from './modal.ts';
