// What the YAML may call. Artillery looks these functions up by name; adding one here is all it takes to use it there.

export {
  hasAccount,
  hasMoreAccounts,
  pickAccount,
} from './administration/administration.ts';
export {
  allowOthersToBeFaster,
  chooseView,
  closesAlert,
  expectRefusalOfAnalysts,
  handsOver,
  hasAlert,
  noteWhoWasFaster,
  pickAlert,
  wantsNote,
} from './alerts/alerts.ts';
export { askForCurve, askForHeatmap, askForTopTalkers } from './analytics/analytics.ts';
export {
  awaitsReport,
  lookForReport,
  orderReport,
  pauseBeforeReport,
  reportIsMissing,
  watchReport,
} from './analytics/reports.ts';
export { checkAnswer } from './answers/check-answer.ts';
export { pickAdministrator, pickAnalyst, pickUser } from './auth/accounts.ts';
export { authorize } from './auth/authorize.ts';
export { dropToken, keepToken } from './auth/sign-in.ts';
export {
  drawEdgeCase,
  expectRefusal,
  fillNonsense,
  fillTooMuch,
  hasBadToken,
  judgeEdgeCase,
  losesTheWay,
  mayTryAgain,
  mistypesPassword,
  seeksForbidden,
  sendsNonsense,
  sendsTooMuch,
  triesTooOften,
  useBadToken,
} from './edge-cases/edge-cases.ts';
export { alertIsMissing, awaitsAlert, lookForAlert, pauseBeforeAlert } from './events/detection.ts';
export { countAccepted, fillAttack, fillBatch, watchForDetection } from './events/ingest.ts';
export { askNextPage, askSearch, readHits, wantsDocument, wantsNextPage } from './search/search.ts';
export { glanceLikeAPerson, thinkLikeAPerson } from './think/think-time.ts';
