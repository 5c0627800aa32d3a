# 正文：Markdown 与各种围栏块
