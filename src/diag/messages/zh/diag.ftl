# 检查结果的版式

diag-error = 错误
diag-warning = 警告
diag-hint = 建议
diag-related = 相关
diag-verbatim = { $text }

diag-summary = 共 { $errors } 处错误、{ $warnings } 处警告
diag-summary-errors = 共 { $errors } 处错误
diag-summary-warnings = 共 { $warnings } 处警告
diag-explain = 想知道是什么意思、怎么改，请运行：

diag-page-title = 网站还没有更新
diag-page-about = 按下面的建议改好、保存，这一页会自己换成新的网站。
diag-page-warned = 网站已更新，有几处请留意
diag-page-line = 第 { $line } 行第 { $column } 个字

explain-level = 级别
explain-allow = 不报告，除非 site.yaml 里要求
explain-warn = 警告，会报告，仍可发布
explain-deny = 错误，改好之前不能发布
explain-forbid = 错误，改好之前不能发布，也不能设为例外
explain-bad = 会被报告的写法
explain-good = 正确的写法
