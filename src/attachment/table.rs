//! Rows of cells as passages: what a column is called stands before each of its cells, as a reader knows it.
//!
//! A name in a column 姓名 is one by its column alone, and the row says nothing of it.
//! Invariant: each cell of a row is in its passage; rows have the numbers that they came with.

/// Words of a table's head that tell what belongs to a person.
const HEADS: [&str; 24] = [
    "姓名",
    "名字",
    "户主",
    "联系人",
    "负责人",
    "当事人",
    "报案人",
    "嫌疑人",
    "受害人",
    "监护人",
    "家长",
    "电话",
    "手机",
    "联系方式",
    "身份证",
    "证件号",
    "住址",
    "地址",
    "车牌",
    "卡号",
    "账号",
    "微信",
    "邮箱",
    "QQ",
];

/// What the cells of rows say, a passage a row, with the row's number. Tabs part the cells.
pub fn passages(rows: Vec<(usize, Vec<String>)>) -> Vec<(usize, String)> {
    let mut heads: Vec<String> = Vec::new();
    let mut passages = Vec::with_capacity(rows.len());
    for (number, cells) in rows {
        if is_head(&cells) {
            passages.push((number, cells.join("\t")));
            heads = cells.iter().map(|cell| cell.split_whitespace().collect()).collect();
            continue;
        }
        let said: Vec<String> = cells
            .iter()
            .enumerate()
            .map(|(at, cell)| match heads.get(at) {
                Some(head) if !cell.trim().is_empty() && HEADS.iter().any(|word| head.contains(word)) => {
                    format!("{head}：{cell}")
                }
                _ => cell.clone(),
            })
            .collect();
        passages.push((number, said.join("\t")));
    }
    passages
}

/// Whether a row is a table's head: short words without digits, and one of them is of a person.
fn is_head(cells: &[String]) -> bool {
    let mut filled = cells.iter().filter(|cell| !cell.trim().is_empty()).peekable();
    filled.peek().is_some()
        && filled.all(|cell| cell.chars().count() <= 16 && !cell.chars().any(|sign| sign.is_ascii_digit()))
        && cells.iter().any(|cell| {
            let plain: String = cell.split_whitespace().collect();
            HEADS.iter().any(|word| plain.contains(word)) && !plain.contains(['：', ':'])
        })
}

#[cfg(test)]
mod tests {
    use super::passages;

    #[test]
    fn cells_are_told_with_their_heads() {
        let rows =
            [["登记表", "", ""], ["姓 名", "村", "电话"], ["罗正贵", "龙潭村", "154"], ["张某", "", "155"]];
        let rows = rows.into_iter().map(|row| row.map(str::to_owned).to_vec());
        let said: Vec<String> =
            passages(rows.enumerate().collect()).into_iter().map(|(_, text)| text).collect();
        assert_eq!(
            said,
            ["登记表\t\t", "姓 名\t村\t电话", "姓名：罗正贵\t龙潭村\t电话：154", "姓名：张某\t\t电话：155"]
        );
    }
}
