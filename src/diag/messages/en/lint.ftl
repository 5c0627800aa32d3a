# Levels and exceptions of checks
unknown-lint = There is no check "{ $code }"
unknown-lint-hint = Write a code (L301) or a name (broken-link); yuanba explain lists them all
level-forbidden = { $code } cannot be lowered
level-forbidden-hint = It guards personal data; change the text, not the setting
allow-forbidden = { $code } cannot be let pass by allow
allow-forbidden-hint = It guards personal data; change the text and remove the exception
allow-unused = This exception ({ $code }) lets nothing pass
allow-unused-hint = There is no such finding here any more; remove the exception
