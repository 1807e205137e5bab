// Neutral views as Discord shows them, and what Discord sends back as what people meant. Pure: no network, no clock.
export { valuesOf } from './inputs.ts';
export { fileName, type Message, marksOf, renderMessage } from './message.ts';
export { formOf, renderModal } from './modal.ts';
