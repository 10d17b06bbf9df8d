// Before the first paint, so that a dark page never flashes white; a file of its own, since the policy allows no inline script.
try {
  const chosen = localStorage.getItem('luna.theme')
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen
} catch {
  // Without storage the system decides.
}
