# Bodies: Markdown and fenced blocks
