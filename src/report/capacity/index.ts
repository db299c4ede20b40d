export { capacityText } from './capacity-text.ts';
export { writeCapacity } from './write-capacity.ts';
