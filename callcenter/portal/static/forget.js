// Who signs out leaves no drafts of the console and no stages of jobs behind for the next at this desk. Who comes here
// because a session has run out is led back (?next=), and finds what he was writing.
if (!new URLSearchParams(location.search).has("next")) {
  for (const name of Object.keys(localStorage)) {
    if (/^(draft|stage):/.test(name)) localStorage.removeItem(name);
  }
}
