// k6 with the workloads of the bench; WORKLOAD, LOAD, URL, USERS and RATE come from the environment.
import http from 'k6/http';

const { WORKLOAD, LOAD, URL, USERS, RATE } = __ENV;
const fixed = { executor: 'constant-arrival-rate', rate: Number(RATE), timeUnit: '1s', preAllocatedVUs: Number(USERS) };
const saturated = { executor: 'constant-vus', vus: Number(USERS) };

export const options = {
  scenarios: { bench: { ...(LOAD === 'fixed' ? fixed : saturated), duration: '1h' } },
};

let number = 0;
let token = 'none';
let item = 'none';

// biome-ignore lint/style/noDefaultExport: k6 calls the default export.
export default function send() {
  if (WORKLOAD === 'bare') {
    http.get(`${URL}/`);
    return;
  }
  number += 1;
  const body = JSON.stringify({ name: `Item ${number}`, parent: item, source: 'bench', tags: ['one', 'two'] });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'x-item': item };
  const answer = http.post(`${URL}/items`, body, { headers }).json();
  token = answer.token;
  item = answer.id;
}
