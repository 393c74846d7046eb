// Mathematics as GitHub writes it: $`…`$ within a line, and blocks of the language "math". MathJax runs after this.
for (const span of document.querySelectorAll('span.math')) {
  span.textContent = span.textContent.replace(/^\\\(`([\s\S]*)`\\\)$/, '\\($1\\)')
}
for (const code of document.querySelectorAll('pre > code.lang-math')) {
  const block = document.createElement('div')
  block.className = 'math'
  block.textContent = `\\[${code.textContent}\\]`
  code.parentElement.replaceWith(block)
}

export default {}
