# 检查的等级和例外
unknown-lint = 没有编号或名称是“{ $code }”的检查
unknown-lint-hint = 请写编号（如 L301）或名称（如 broken-link）；运行 yuanba explain 可以看到全部
level-forbidden = { $code } 不能放宽
level-forbidden-hint = 这一项关系到个人信息，请改内容，不要改设置
allow-forbidden = { $code } 不能用 allow 放过
allow-forbidden-hint = 这一项关系到个人信息，请改内容，并删掉这个例外
allow-unused = 这个例外（{ $code }）没有用上
allow-unused-hint = 这里已经没有这样的问题，请删掉这个例外
