export { type Alarm, createAlarm } from './alarm.ts';
export { type Arrival, type Arrivals, takeOverArrivals } from './take-over.ts';
